using static Microsoft.Playwright.Assertions;

namespace Todo.EndToEnd.Tests.Journeys;

/// <summary>The same app on a phone, and at night.</summary>
public sealed class ScreensTests(RunningSystem system, Chromium chromium) : Journey(system, chromium)
{
    [Fact]
    public async Task A_day_on_a_phone_by_touch()
    {
        using var person = await Person.SignUpAsync(Running);
        var page = await VisitAsync(person, "today", Screen.Phone with { Still = true });

        await page.ByTest("fab").TapAsync();
        await page.ByTest("quick-add-title").FillAsync("Buy a stamp today");
        await page.ByTest("quick-add-submit").TapAsync();
        await page.ByTest("quick-cancel").TapAsync();
        await page.Row("Buy a stamp").SeesAsync();

        // The detail fills the screen, and Back closes it.
        await page.Title("Buy a stamp").TapAsync();
        await page.ByTest("detail").SeesAsync();
        var box = (await page.ByTest("detail").BoundingBoxAsync())!;
        (box.X, box.Width).Should().Be((0f, 390f));
        await page.GoBackAsync();
        await page.ByTest("detail").SeesNoAsync();

        await page.Row("Buy a stamp").GetByTestId("complete").TapAsync();
        await page.ByTest("toast-undo").GetByTestId("toast-action").TapAsync();
        await Expect(page.Row("Buy a stamp").GetByTestId("complete")).Not.ToBeCheckedAsync();

        // The last line of the longest menu lies over the tabs, where a finger reaches it.
        await page.Row("Buy a stamp").GetByTestId("row-menu").TapAsync();
        await page.ByTest("delete").TapAsync();
        await page.Row("Buy a stamp").SeesNoAsync();
        await page.ByTest("toast-undo").GetByTestId("toast-action").TapAsync();
        await page.Row("Buy a stamp").SeesAsync();

        // Everything that has no tab is under Browse.
        await page.ByTest("browse").TapAsync();
        await page.ByTest("browse-calendar").TapAsync();
        await page.ByTest("calendar").SeesAsync();
    }

    [Fact]
    public async Task Night_follows_the_system_until_the_person_says_otherwise()
    {
        using var person = await Person.SignUpAsync(Running);
        var page = await VisitAsync(person, "settings", Screen.Desktop with { Dark = true });
        (await LightnessAsync()).Should().BeLessThan(60, "the system asks for dark");

        await page.ByTest("theme-light").ClickAsync();
        (await LightnessAsync()).Should().BeGreaterThan(200);
        await page.ByTest("theme-dark").ClickAsync();
        await page.EmulateMediaAsync(new() { ColorScheme = Microsoft.Playwright.ColorScheme.Light });
        await page.ReloadAsync(new() { WaitUntil = Microsoft.Playwright.WaitUntilState.DOMContentLoaded });

        (await LightnessAsync()).Should().BeLessThan(60, "the choice is known before .NET is");
        await page.ByTest("live-state").SaysAsync("live");
        (await LightnessAsync()).Should().BeLessThan(60);

        Task<int> LightnessAsync() => page.EvaluateAsync<int>("() => Math.max(...getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number))");
    }
}
