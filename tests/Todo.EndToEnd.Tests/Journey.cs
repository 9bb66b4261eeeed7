using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Todo.EndToEnd.Tests;

/// <summary>A test in which somebody visits. Its browsers are closed after it, and what they showed is told when it failed.</summary>
public abstract class Journey(RunningSystem system, Chromium chromium) : IAsyncLifetime
{
    private readonly List<IBrowserContext> _visitors = [];
    private readonly ConcurrentQueue<string> _console = new();

    protected RunningSystem Running => system;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        var failed = TestContext.Current.TestState?.Result == TestResult.Failed;
        foreach (var visitor in _visitors)
        {
            if (failed)
                await TellAsync(visitor);
            await visitor.CloseAsync();
        }
    }

    /// <summary>A browser that nobody has signed in to.</summary>
    private protected async Task<IPage> ArriveAsync(Screen? screen = null)
    {
        var visitor = await chromium.NewVisitorAsync(system.Address, screen ?? Screen.Desktop);
        _visitors.Add(visitor);
        var page = await visitor.NewPageAsync();
        page.Console += (_, message) => _console.Enqueue($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => _console.Enqueue($"error: {error}");
        return page;
    }

    /// <summary>A browser of somebody who signed in to it some other day, at a place in the app.</summary>
    private protected async Task<IPage> VisitAsync(Person person, string place = "inbox", Screen? screen = null)
    {
        var page = await ArriveAsync(screen);
        await page.Context.AddCookiesAsync(person.Cookies.Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Url = system.Address }));
        await page.GotoAsync("/" + place);
        await page.ByTest("live-state").SaysAsync("live");
        return page;
    }

    private async Task TellAsync(IBrowserContext visitor)
    {
        if (TestContext.Current.TestOutputHelper is not { } output)
            return;
        foreach (var page in visitor.Pages)
        {
            output.WriteLine($"--- {page.Url}");
            output.WriteLine(await page.Locator("body").InnerTextAsync(new() { Timeout = 2000 }));
        }

        foreach (var line in _console.TakeLast(20))
            output.WriteLine(line);
    }
}
