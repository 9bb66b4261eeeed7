using System.Globalization;
using System.Text.Json;
using Todo.AppHost.Processes;
using Todo.AppHost.Up;

namespace Todo.AppHost.Tools;

/// <summary>Tools of the Workers, such as `audit` and `dead-letters`, run beside a system that is up and with its settings.</summary>
internal static class RunTool
{
    public static async Task<int> RunAsync(string tool, IReadOnlyList<string> arguments)
    {
        // The shell script that starts us has dealt with --no-build, which means nothing to the tools.
        var (port, words) = TakePort([.. arguments.Where(word => word != "--no-build")]);
        var settings = Instance.SettingsFileOf(port);
        if (!File.Exists(settings))
            throw new HostException($"TodoBus is not running on port {port}: start it with ./todo up, or name its port with --port.");

        var environment = JsonSerializer.Deserialize<Dictionary<string, string?>>(await File.ReadAllTextAsync(settings))!;
        return await Attached.RunAsync(Dotnet.Path, ["exec", Path.Combine(Dotnet.OutputOf("Todo.Workers"), "Todo.Workers.dll"), tool, .. words], environment);
    }

    private static (int Port, IReadOnlyList<string> Words) TakePort(IReadOnlyList<string> arguments)
    {
        for (var at = 0; at + 1 < arguments.Count; at++)
        {
            if (arguments[at] == "--port" && int.TryParse(arguments[at + 1], CultureInfo.InvariantCulture, out var port))
                return (port, [.. arguments.Take(at), .. arguments.Skip(at + 2)]);
        }

        return (new UpOptions().Port, arguments);
    }
}
