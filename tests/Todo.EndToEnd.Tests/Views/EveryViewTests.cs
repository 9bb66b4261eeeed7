using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Todo.EndToEnd.Tests.Views;

/// <summary>Looks at every view of the client: by the rules of accessibility, in both lights, and for words that do not fit, at three widths.</summary>
public sealed class EveryViewTests(RunningSystem system, Chromium chromium, EveryViewTests.Account account) : Journey(system, chromium), IClassFixture<EveryViewTests.Account>
{
    // By night only colours differ, so of all rules those that look at colours are asked again.
    private const string Axe = """
        async () => {
          const night = matchMedia("(prefers-color-scheme: dark)").matches ? { runOnly: ["color-contrast", "link-in-text-block"] } : {};
          const found = await axe.run(document, { resultTypes: ["violations"], ...night });
          // Who hears a page button by button must know which of them is which.
          const heard = new Map();
          for (const button of (document.querySelector("dialog[open]") ?? document.querySelector("main"))?.querySelectorAll("button") ?? []) {
            const name = (button.getAttribute("aria-label") ?? button.textContent).replace(/\s+/g, " ").trim();
            if (button.checkVisibility({ visibilityProperty: true })) heard.set(name, (heard.get(name) ?? 0) + 1);
          }
          const twice = [...heard].filter(([, times]) => times > 1).map(([name, times]) => `${times} buttons called ${name}`);
          return found.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target} ${n.html.slice(0, 160)}`)).concat(twice);
        }
        """;

    private static readonly string Layout = Read("layout.js");

    [Fact]
    public async Task Every_route_has_an_example()
    {
        var views = (await account.LifeAsync(Running)).Views().ToList();

        View.Routes.Should().Contain("/today");
        View.Routes.Where(route => !views.Any(view => view.Shows(route))).Should().BeEmpty("a route with parameters needs an example in LivedIn, or nobody ever looks at its page");
    }

    [Fact]
    public async Task Axe_reports_nothing_by_day_and_by_night_on_a_desk_and_on_a_phone()
    {
        Screen[] screens = [new(1280, 844), new(1280, 844, Dark: true), new(390, 844), new(390, 844, Dark: true)];

        var faults = await WalkAsync(screens, page => page.EvaluateAsync<string[]>(Axe), page => page.EvaluateAsync(new BundledAxeScriptProvider().GetScript()));

        faults.Should().BeEmpty();
    }

    [Fact]
    public async Task Nothing_overflows_overlaps_or_is_cut_off_at_320_768_and_1440()
    {
        Screen[] screens = [new(320), new(768), new(1440)];

        var faults = await WalkAsync(screens, page => page.EvaluateAsync<string[]>(Layout));

        faults.Should().BeEmpty();
    }

    // Where no pointer hovers, what else shows on demand always shows: a list and a board have the most of it.
    [Fact]
    public async Task Nothing_lies_over_a_title_on_a_tablet()
    {
        var faults = await WalkAsync([new(768, 1024, Touch: true)], page => page.EvaluateAsync<string[]>(Layout), which: view => view.Address == "today" || view.Address.StartsWith("projects/", StringComparison.Ordinal));

        faults.Should().BeEmpty();
    }

    // One page goes through all views, and each is looked at on every screen: starting the client is what takes time.
    private async Task<List<string>> WalkAsync(Screen[] screens, Func<IPage, Task<string[]>> look, Func<IPage, Task>? prepare = null, Func<View, bool>? which = null)
    {
        var life = await account.LifeAsync(Running);
        await life.Person.ShowAsUsualAsync();
        var page = await VisitAsync(life.Person, "inbox", screens[0] with { Still = true });
        await page.ByTest("task-row").First.SeesAsync();
        if (prepare is not null)
            await prepare(page);

        var faults = new List<string>();
        foreach (var view in life.Views().Where(view => which?.Invoke(view) != false))
        {
            await page.EvaluateAsync("to => Blazor.navigateTo(to)", view.Address);
            await page.WaitForURLAsync(url => url.EndsWith("/" + view.Address, StringComparison.Ordinal));
            if (view.Then is { } then)
                await then(page);
            foreach (var screen in screens)
            {
                await page.SetViewportSizeAsync(screen.Width, screen.Height);
                await page.EmulateMediaAsync(new() { ColorScheme = screen.Dark ? ColorScheme.Dark : ColorScheme.Light });
                await page.SettleAsync();
                var on = $"{view.Name} {screen.Width}{(screen.Dark ? " dark" : "")}";
                if (Environment.GetEnvironmentVariable("TODO_SCREENS") is { Length: > 0 } folder)
                    await page.ScreenshotAsync(new() { Path = Path.Combine(folder, on.Replace('/', ' ') + ".png") });
                faults.AddRange((await look(page)).Select(fault => $"{on}: {fault}"));
            }

            await page.SetViewportSizeAsync(screens[0].Width, screens[0].Height);
            await page.KeysAsync("Escape", "Escape");
        }

        return faults;
    }

    private static string Read(string name)
    {
        using var text = new StreamReader(typeof(EveryViewTests).Assembly.GetManifestResourceStream(name)!);
        return string.Join('\n', text.ReadToEnd().Split('\n').SkipWhile(line => line.StartsWith("//", StringComparison.Ordinal)));
    }

    /// <summary>One account for all of these tests, filled by the first that looks.</summary>
    public sealed class Account
    {
        private Task<LivedIn>? _life;

        internal Task<LivedIn> LifeAsync(RunningSystem system) => _life ??= LivedIn.MoveInAsync(system);
    }
}
