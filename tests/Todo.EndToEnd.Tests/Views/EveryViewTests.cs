using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Todo.EndToEnd.Tests.Views;

/// <summary>Looks at every view of the client: by the rules of accessibility, in both lights, and for words that do not fit, at three widths.</summary>
public sealed class EveryViewTests(RunningSystem system, Chromium chromium, EveryViewTests.Account account) : Journey(system, chromium), IClassFixture<EveryViewTests.Account>
{
    private static readonly string Layout = Read("layout.js");

    [Fact]
    public async Task Every_route_has_an_example()
    {
        var views = (await account.LifeAsync(Running)).Views().ToList();

        View.Routes.Should().Contain("/today");
        View.Routes.Where(route => !views.Any(view => view.Shows(route))).Should().BeEmpty("a route with parameters needs an example in LivedIn, or nobody ever looks at its page");
    }

    [Theory]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    [InlineData(390, false)]
    [InlineData(390, true)]
    public async Task Axe_reports_nothing(int width, bool dark)
    {
        var faults = await WalkAsync(new Screen(width, 844, dark, Still: true), async page =>
        {
            var found = await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
            return found.Violations.SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id}: {node.Target} {node.Html[..Math.Min(node.Html.Length, 160)]}"));
        });

        faults.Should().BeEmpty();
    }

    [Theory]
    [InlineData(320)]
    [InlineData(768)]
    [InlineData(1440)]
    public async Task Nothing_overflows_overlaps_or_is_cut_off(int width)
    {
        var faults = await WalkAsync(new Screen(width, 900, Still: true), async page => await page.EvaluateAsync<string[]>(Layout));

        faults.Should().BeEmpty();
    }

    private async Task<List<string>> WalkAsync(Screen screen, Func<IPage, Task<IEnumerable<string>>> look)
    {
        var life = await account.LifeAsync(Running);
        var page = await VisitAsync(life.Person, "inbox", screen);
        await page.ByTest("task-row").First.SeesAsync();
        var faults = new List<string>();
        foreach (var view in life.Views())
        {
            await page.EvaluateAsync("to => Blazor.navigateTo(to)", view.Address);
            await page.WaitForURLAsync(url => url.EndsWith("/" + view.Address, StringComparison.Ordinal));
            if (view.Then is { } then)
                await then(page);
            await SettleAsync(page);
            if (Environment.GetEnvironmentVariable("TODO_SCREENS") is { Length: > 0 } folder)
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{view.Name.Replace('/', ' ')} {screen.Width}{(screen.Dark ? " dark" : "")}.png") });
            faults.AddRange((await look(page)).Select(fault => $"{view.Name}: {fault}"));
            await page.KeysAsync("Escape", "Escape");
        }

        return faults;
    }

    // Until nothing has been drawn for a moment and no animation runs; what never rests is looked at as it is.
    private static Task<bool> SettleAsync(IPage page) => page.EvaluateAsync<bool>("""
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
