using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Todo.EndToEnd.Tests;

/// <summary>What a person does in the page, in their words.</summary>
internal static class Pages
{
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 60_000 };

    public static ILocator ByTest(this IPage page, string id) => page.GetByTestId(id);

    public static ILocator Row(this IPage page, string title) => page.GetByTestId("task-row").Filter(new() { HasText = title });

    public static async Task SignInAsync(this IPage page, Person person)
    {
        await page.GotoAsync("/sign-in");
        await page.GetByTestId("email").FillAsync(person.Email);
        await page.GetByTestId("password").FillAsync(Person.Password);
        await page.GetByTestId("sign-in").ClickAsync();
        await Expect(page.GetByTestId("add-task")).ToBeVisibleAsync(Soon);
        await page.GetByTestId("go-inbox").ClickAsync();
    }

    public static async Task AddTaskAsync(this IPage page, string title)
    {
        await page.GetByTestId("add-task").ClickAsync();
        await page.GetByTestId("quick-add-title").FillAsync(title);
        await page.GetByTestId("quick-add-submit").ClickAsync();
        await page.GetByTestId("quick-cancel").ClickAsync();
        await Expect(page.Row(title)).ToBeVisibleAsync(Soon);
    }

    public static async Task OpenTaskAsync(this IPage page, string title)
    {
        await page.Row(title).GetByTestId("task-title").ClickAsync();
        await Expect(page.GetByTestId("detail")).ToBeVisibleAsync(Soon);
    }

    /// <summary>In the open detail: a reminder at a moment, which is entered in the wall time of the browser's zone.</summary>
    public static async Task RemindAtAsync(this IPage page, DateTimeOffset moment)
    {
        var local = TimeZoneInfo.ConvertTime(moment, TimeZoneInfo.FindSystemTimeZoneById(Chromium.Zone));
        await page.GetByTestId("add-reminder").ClickAsync();
        await page.GetByTestId("reminder-at").FillAsync(local.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        await page.GetByTestId("reminder-add-at").ClickAsync();
        await Expect(page.GetByTestId("reminder")).ToBeVisibleAsync(Soon);
    }

    public static Task SeesAsync(this ILocator locator) => Expect(locator).ToBeVisibleAsync(Soon);

    public static Task SeesNoAsync(this ILocator locator) => Expect(locator).ToHaveCountAsync(0, new() { Timeout = 60_000 });

    public static Task SaysAsync(this ILocator locator, string text) => Expect(locator).ToContainTextAsync(text, new() { Timeout = 60_000 });
}
