using Todo.AppHost.Processes;

namespace Todo.AppHost.Testing;

/// <summary>The Chromium that tests drive: one of the system, since none is downloaded.</summary>
internal static class Browser
{
    private static readonly string[] Places =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
        @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    public static string? Find() =>
        Environment.GetEnvironmentVariable("TODO_BROWSER") is { Length: > 0 } given
            ? given
            : ((string[])["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]).Select(Command.Find).FirstOrDefault(found => found is not null)
              ?? Places.FirstOrDefault(File.Exists);
}
