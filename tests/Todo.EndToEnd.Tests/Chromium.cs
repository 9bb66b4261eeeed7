using Microsoft.Playwright;
using Todo.AppHost.Testing;

namespace Todo.EndToEnd.Tests;

/// <summary>The machine's own Chromium, headless, one for all tests; each visitor is a profile of its own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    public const string Zone = "Europe/Berlin";

    private static readonly string[] Quiet =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Browser.Find() is not { } program)
        {
            // On CI a missing browser is a failure; elsewhere the tests that need one are skipped and say why.
            if (Environment.GetEnvironmentVariable("CI") is { Length: > 0 })
                throw new InvalidOperationException("No Chromium was found, and ./todo test could not install one.");
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Headless = true, Args = Quiet });
    }

    internal async Task<IBrowserContext> NewVisitorAsync(string address, Screen screen)
    {
        Assert.SkipWhen(_browser is null, "No Chromium on this machine: install it, or name one in TODO_BROWSER.");
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = address,
            TimezoneId = Zone,
            Locale = "en-GB",
            ViewportSize = new() { Width = screen.Width, Height = screen.Height },
            ColorScheme = screen.Dark ? ColorScheme.Dark : ColorScheme.Light,
            HasTouch = screen.Touch,
            DeviceScaleFactor = screen.Scale,
            ReducedMotion = screen.Still ? ReducedMotion.Reduce : ReducedMotion.NoPreference,
        });

        // The client is WebAssembly, and the machine of a test run is busy.
        context.SetDefaultTimeout(60_000);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}

/// <summary>What a visitor sits in front of.</summary>
internal sealed record Screen(int Width = 1280, int Height = 900, bool Dark = false, bool Touch = false, bool Still = false, float Scale = 1)
{
    public static Screen Desktop { get; } = new();

    public static Screen Phone { get; } = new(390, 844, Touch: true);
}
