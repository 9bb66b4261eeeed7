using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Todo.EndToEnd.Tests;

/// <summary>What a person does in the page, in their words.</summary>
internal static class Pages
{
    private const float Soon = 60_000;

    public static ILocator ByTest(this IPage page, string id) => page.GetByTestId(id);

    public static ILocator Row(this IPage page, string title) => page.GetByTestId("task-row").Filter(new() { HasText = title });

    public static ILocator Title(this IPage page, string title) => page.Row(title).GetByTestId("task-title");

    public static async Task AddTaskAsync(this IPage page, string title)
    {
        await page.GetByTestId("add-task").ClickAsync();
        await page.GetByTestId("quick-add-title").FillAsync(title);
        await page.GetByTestId("quick-add-submit").ClickAsync();
        await page.GetByTestId("quick-cancel").ClickAsync();
        await page.Row(title).SeesAsync();
    }

    /// <summary>Has the list of this page parted and ordered another way.</summary>
    public static async Task ShowAsync(this IPage page, string group, string? sort = null)
    {
        await page.GetByTestId("view-menu").ClickAsync();
        await page.GetByTestId("view-group").SelectOptionAsync(group);
        if (sort is not null)
            await page.GetByTestId("view-sort").SelectOptionAsync(sort);
        await page.KeysAsync("Escape");
    }

    public static async Task OpenTaskAsync(this IPage page, string title)
    {
        await page.Title(title).ClickAsync();
        await page.GetByTestId("detail").SeesAsync();
    }

    /// <summary>In the open detail: a reminder at a moment, which is entered in the wall time of the browser's zone.</summary>
    public static async Task RemindAtAsync(this IPage page, DateTimeOffset moment)
    {
        var local = TimeZoneInfo.ConvertTime(moment, TimeZoneInfo.FindSystemTimeZoneById(Chromium.Zone));
        await page.GetByTestId("add-reminder").ClickAsync();
        await page.GetByTestId("reminder-at").FillAsync(local.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        await page.GetByTestId("reminder-add-at").ClickAsync();
        await page.GetByTestId("reminder").SeesAsync();
    }

    /// <summary>Keys one after the other; a chord such as "Alt+ArrowDown" is one.</summary>
    public static async Task KeysAsync(this IPage page, params string[] keys)
    {
        foreach (var key in keys)
            await page.Keyboard.PressAsync(key);
    }

    /// <summary>Waits until nothing has been drawn for a moment and no animation runs; what never rests is looked at as it is.</summary>
    public static Task<bool> SettleAsync(this IPage page) => page.EvaluateAsync<bool>("""
        () => new Promise(done => {
          let last = performance.now();
          const end = last + 3000;
          const watch = new MutationObserver(() => last = performance.now());
          watch.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
          const look = () => {
            const now = performance.now();
            if (now < end && (now - last < 120 || document.getAnimations().some(a => a.playState === "running"))) return requestAnimationFrame(look);
            watch.disconnect();
            done(true);
          };
          requestAnimationFrame(look);
        })
        """);

    public static Task SeesAsync(this ILocator locator) => Expect(locator).ToBeVisibleAsync(new() { Timeout = Soon });

    public static Task SeesNoAsync(this ILocator locator) => Expect(locator).ToHaveCountAsync(0, new() { Timeout = Soon });

    public static Task SaysAsync(this ILocator locator, string text) => Expect(locator).ToContainTextAsync(text, new() { Timeout = Soon });

    public static Task HasFocusAsync(this ILocator locator) => Expect(locator).ToBeFocusedAsync(new() { Timeout = Soon });
}
