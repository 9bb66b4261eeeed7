using Todo.AppHost.Processes;

namespace Todo.AppHost.Up;

/// <summary>The SDK that built and runs us.</summary>
internal static class Dotnet
{
#if DEBUG
    public const string Configuration = "Debug";
#else
    public const string Configuration = "Release";
#endif

    public static string Path { get; } =
        System.IO.Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath!
        : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host
        : Command.Find("dotnet") ?? throw new HostException("dotnet was not found on the PATH.");

    /// <summary>The folder a project is built into, by the configuration we were built in ourselves.</summary>
    public static string OutputOf(string project) => Repository.PathTo(project, "bin", Configuration, "net10.0");

    public static async Task BuildAsync(string what, CancellationToken ct)
    {
        // Without build servers, so that no process stays behind when we are stopped.
        var built = await Command.RunAsync(
            Path,
            ["build", Repository.PathTo(what), "-c", Configuration, "--nologo", "-v", "quiet", "--disable-build-servers", "-clp:NoSummary"],
            timeout: TimeSpan.FromMinutes(15),
            ct: ct);
        if (!built.Succeeded)
            throw new HostException($"The build failed:{Environment.NewLine}{built.LastLines(25)}");
    }
}
