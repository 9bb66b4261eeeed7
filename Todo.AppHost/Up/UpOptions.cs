using System.Globalization;

namespace Todo.AppHost.Up;

/// <summary>What `./todo up` was asked for.</summary>
internal sealed record UpOptions
{
    public int Port { get; init; } = 8080;

    public string? Kafka { get; init; }

    public string? Postgres { get; init; }

    public bool Fresh { get; init; }

    public bool Demo { get; init; }

    public bool ConfirmAddresses { get; init; }

    public bool Build { get; init; } = true;

    /// <summary>A folder that the client was published to, as it is deployed; null for the client as it was built.</summary>
    public string? Client { get; init; }

    public static UpOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new UpOptions();
        for (var at = 0; at < arguments.Count; at++)
        {
            // --name value and --name=value
            var (name, value) = arguments[at].Split('=', 2) is [var left, var right] ? (left, right) : (arguments[at], null);
            options = name switch
            {
                "--port" => options with { Port = PortOf(Value()) },
                "--kafka" => options with { Kafka = Value() },
                "--postgres" => options with { Postgres = Value() },
                "--client" => options with { Client = Path.GetFullPath(Value(), Environment.GetEnvironmentVariable("TODO_FROM") ?? Environment.CurrentDirectory) },
                "--fresh" => options with { Fresh = true },
                "--demo" => options with { Demo = true },
                "--confirm-addresses" => options with { ConfirmAddresses = true },
                "--no-build" => options with { Build = false },
                _ => throw new HostException($"There is no option '{name}'; ./todo help lists them."),
            };

            string Value() => value
                ?? (at + 1 < arguments.Count ? arguments[++at] : throw new HostException($"{name} needs a value; ./todo help shows which."));
        }

        return options;
    }

    private static int PortOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? port
            : throw new HostException($"--port needs a number from 1 to 65535, not '{text}'.");
}
