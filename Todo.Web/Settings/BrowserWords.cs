namespace Todo.Web.Settings;

/// <summary>What a browser says of itself, in the words of its owner: "Chrome on Linux". A name we do not know stays as it is.</summary>
public static class BrowserWords
{
    // The order matters: nearly everybody also claims to be Chrome, Safari or Mozilla.
    private static readonly (string Sign, string Name)[] _browsers =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari")];

    private static readonly (string Sign, string Name)[] _systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    public static string Of(string agent)
    {
        var (browser, system) = (Find(_browsers, agent), Find(_systems, agent));
        return browser is null ? agent : system is null ? browser : $"{browser} on {system}";
    }

    private static string? Find((string Sign, string Name)[] known, string agent) =>
        known.FirstOrDefault(candidate => agent.Contains(candidate.Sign, StringComparison.Ordinal)).Name;
}
