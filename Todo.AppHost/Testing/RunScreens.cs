using Todo.AppHost.Postgres;
using Todo.AppHost.Processes;
using Todo.AppHost.Up;

namespace Todo.AppHost.Testing;

/// <summary>`./todo screens`: takes the pictures of docs/screens anew, on a system of its own with the demo user.</summary>
internal static class RunScreens
{
    private const string Project = "Todo.EndToEnd.Tests";

    public static async Task<int> RunAsync(IReadOnlyList<string> names)
    {
        var screen = new Screen();
        if (Browser.Find() is null)
            throw new HostException("There is no Chromium on this machine: install it, or name one in TODO_BROWSER.");
        await PostgresBinaries.FindOrInstallAsync(null, line => screen.Doing("postgres", line), CancellationToken.None);
        await screen.StepAsync("build", "restoring and building", BuildAsync, configuration => configuration);

        var program = Path.Combine(Dotnet.OutputOf($"tests/{Project}"), Project + ".dll");
        string[] asked = [.. names.Where(name => !name.StartsWith('-'))];
        return await Attached.RunAsync(
            Dotnet.Path,
            ["exec", program, "--explicit", "only", "--filter-class", $"{Project}.Pictures.PicturesTests"],
            new Dictionary<string, string?> { ["TODO_PICTURES"] = string.Join(' ', asked) });
    }

    private static async Task<string> BuildAsync()
    {
        await Dotnet.BuildAsync($"tests/{Project}/{Project}.csproj", CancellationToken.None);
        return Dotnet.Configuration;
    }
}
