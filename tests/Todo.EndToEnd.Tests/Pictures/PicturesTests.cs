using System.Globalization;
using Microsoft.Playwright;
using Todo.AppHost;
using Todo.Contracts.Account;
using Todo.Contracts.Reminders;

namespace Todo.EndToEnd.Tests.Pictures;

/// <summary>Takes the pictures of docs/screens anew. Asked for by <c>./todo screens</c>; the suite leaves it alone.</summary>
public sealed class PicturesTests(RunningSystem system, Chromium chromium) : Journey(system, chromium)
{
    private static readonly (string Name, Screen Screen)[] Screens =
    [
        ("desktop", new(1440, 900, Still: true)),
        ("phone", new(390, 844, Touch: true, Still: true, Scale: 1.5f)),
    ];

    private static readonly string[] Lights = ["light", "dark"];

    private static readonly string Folder = Repository.PathTo("docs", "screens");

    [Fact(Explicit = true)]
    public async Task Take_a_picture_of_every_view()
    {
        using var demo = await Person.DemoAsync(Running);
        using var newcomer = await Person.SignUpAsync(Running);
        await SetTheSceneAsync(demo);
        Directory.CreateDirectory(Folder);
        var wanted = (Environment.GetEnvironmentVariable("TODO_PICTURES") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var album = (await Album.OfAsync(demo)).Pictures().ToList();

        foreach (var (name, screen) in Screens)
        {
            foreach (var sitting in album.Where(picture => wanted.Length == 0 || wanted.Any(word => $"{picture.Name}-{name}".Contains(word, StringComparison.Ordinal))).GroupBy(picture => picture.Sitter))
            {
                var page = await SitAsync(sitting.Key switch { Sitter.Demo => demo, Sitter.Newcomer => newcomer, _ => null }, screen);
                foreach (var picture in sitting.Where(picture => screen.Touch || !picture.OnPhonesOnly))
                {
                    if (picture.Name == "reminder-comes")
                        await RemindAsync(demo);
                    await GoAsync(page, picture);
                    foreach (var light in Lights)
                    {
                        await page.EmulateMediaAsync(new() { ColorScheme = light == "dark" ? ColorScheme.Dark : ColorScheme.Light });
                        await page.SettleAsync();
                        await SaveAsync(page, $"{picture.Name}-{light}-{name}.webp", picture.Sharp && !screen.Touch ? 2 : 1);
                    }

                    await page.KeysAsync("Escape", "Escape", "Escape");
                    if (picture.After is { } after)
                        await after(page);
                }
            }
        }

        await File.WriteAllTextAsync(Path.Combine(Folder, "README.md"), Index(album));
        if (wanted.Length > 0)
            return;
        var known = album.SelectMany(Shots).Select(shot => shot.File + ".webp").ToHashSet();
        foreach (var old in Directory.GetFiles(Folder, "*.webp").Where(file => !known.Contains(Path.GetFileName(file))))
            File.Delete(old);
    }

    // The day is what it is; the hour is chosen so that the demo's day lies before its user: morning, somewhere on earth.
    private static async Task SetTheSceneAsync(Person demo)
    {
        var now = DateTimeOffset.UtcNow;
        string[] zones =
        [
            "Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles", "America/Denver", "America/Chicago", "America/New_York", "America/Halifax", "America/Sao_Paulo",
            "Atlantic/Azores", "Europe/London", "Europe/Berlin", "Europe/Athens", "Asia/Dubai", "Asia/Karachi", "Asia/Bangkok", "Asia/Tokyo", "Australia/Brisbane",
        ];
        var morning = zones.Select(TimeZoneInfo.FindSystemTimeZoneById).Select(zone => (zone.Id, Local: TimeZoneInfo.ConvertTime(now, zone)))
            .Where(place => place.Local.Date == now.Date).MinBy(place => Math.Abs(place.Local.TimeOfDay.TotalHours - 9.5)).Id;
        await demo.PreferAsync(new Preferences { Zone = morning });

        foreach (var title in new[] { "Ask about the old phone number", "Compare three calendars" })
            await demo.DeleteAsync(await demo.CreateAsync(new() { Title = title }));
        var page = (await demo.OpenAsync()).First(task => task.Title.StartsWith("Finish the pricing", StringComparison.Ordinal));
        await demo.ChangeAsync(page, new { priority = 1 });
        await demo.ChangeAsync(page, new { priority = 2 });
    }

    private static async Task RemindAsync(Person demo)
    {
        var grandma = (await demo.OpenAsync()).First(task => task.Title.StartsWith("Call Grandma", StringComparison.Ordinal));
        await demo.ChangeAsync(grandma, new { reminders = new[] { new Reminder(Guid.CreateVersion7(), DateTimeOffset.UtcNow.AddSeconds(1)) } });
    }

    private async Task<IPage> SitAsync(Person? person, Screen screen)
    {
        if (person is not null)
        {
            var page = await VisitAsync(person, "today", screen);
            await page.SettleAsync();
            return page;
        }

        return await ArriveAsync(screen);
    }

    private static async Task GoAsync(IPage page, Picture picture)
    {
        await page.Mouse.MoveAsync(0, 0);
        await page.UnrouteAllAsync();
        if (picture.Name == "loading")
        {
            // The programs never come, so the page stays as it is before they run.
            await page.RouteAsync("**/_framework/*.wasm", _ => Task.CompletedTask);
            await page.GotoAsync("/" + picture.Address, new() { WaitUntil = WaitUntilState.Commit });
            await page.Locator(".shell-wait").SeesAsync();
            return;
        }

        if (picture.Sitter == Sitter.Stranger)
            await page.GotoAsync("/" + picture.Address);
        else
            await page.EvaluateAsync("to => Blazor.navigateTo(to)", picture.Address);
        await page.WaitForURLAsync(url => url.EndsWith("/" + picture.Address, StringComparison.Ordinal));
        await page.Locator("h1").First.SeesAsync();
        await page.SettleAsync();
        while (picture.Name is not ("reminder-comes" or "snooze" or "notifications") && await page.Locator(".toast [aria-label^=Dismiss]").CountAsync() is > 0)
            await page.Locator(".toast [aria-label^=Dismiss]").First.ClickAsync();

        if (picture.Then is { } then)
            await then(page);
        else
            await page.EvaluateAsync("() => document.activeElement?.blur()");
    }

    private static async Task SaveAsync(IPage page, string file, int scale)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        var how = new Dictionary<string, object> { ["format"] = "webp", ["quality"] = 80 };
        if (scale > 1)
            how["clip"] = new { x = 0, y = 0, width = page.ViewportSize!.Width, height = page.ViewportSize.Height, scale };
        var picture = await session.SendAsync("Page.captureScreenshot", how);
        await File.WriteAllBytesAsync(Path.Combine(Folder, file), picture!.Value.GetProperty("data").GetBytesFromBase64());
        await session.DetachAsync();
    }

    private static IEnumerable<(string File, string Words)> Shots(Picture picture) =>
        from screen in Screens
        where screen.Screen.Touch || !picture.OnPhonesOnly
        from light in Lights
        select ($"{picture.Name}-{light}-{screen.Name}", $"{picture.Title}, {light}, {screen.Name}");

    private static string Index(List<Picture> album)
    {
        var lines = new List<string>
        {
            "# Every view",
            "",
            "By day and by night, on a desk and on a phone; the demo user's morning. Taken by `./todo screens`, which makes this page too.",
        };
        foreach (var group in album.GroupBy(picture => picture.Group))
        {
            lines.AddRange(["", $"## {group.Key}"]);
            foreach (var picture in group)
                lines.AddRange(["", picture.Title, "", "<p>", .. Shots(picture).Select(Show), "</p>"]);
        }

        return string.Join('\n', lines) + "\n";
    }

    private static string Show((string File, string Words) shot) =>
        string.Create(CultureInfo.InvariantCulture, $"  <a href=\"{shot.File}.webp\"><img src=\"{shot.File}.webp\" height=\"230\" alt=\"{shot.Words}\" /></a>");
}
