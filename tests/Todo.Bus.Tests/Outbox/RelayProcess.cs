using System.Diagnostics;
using Todo.Bus.Tests.Scheduling;

namespace Todo.Bus.Tests.Outbox;

/// <summary>A relay and a timer releaser in a process of their own, to be killed without warning.</summary>
internal sealed class RelayProcess : IDisposable
{
    public const string Role = "play-relay";

    private readonly Process _process;

    private RelayProcess(Process process) => _process = process;

    public static async Task<RelayProcess> StartAsync(string database, string kafka)
    {
        var assembly = typeof(RelayProcess).Assembly.Location;
        var program = Path.ChangeExtension(assembly, OperatingSystem.IsWindows() ? ".exe" : null);
        var start = File.Exists(program) ? new ProcessStartInfo(program, [Role, database, kafka]) : new ProcessStartInfo("dotnet", [assembly, Role, database, kafka]);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        var process = Process.Start(start)!;
        (await process.StandardOutput.ReadLineAsync()).Should().Be("ready");
        return new RelayProcess(process);
    }

    /// <summary>Gone between two instructions, as with kill -9 or a power cut.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    /// <summary>The other side: works until it is killed, or until the test that started it is gone.</summary>
    public static async Task<int> RunAsync(string database, string kafka)
    {
        await using var relay = await RelayRig.StartAsync(database, kafka);
        await using var releaser = await ReleaserRig.StartAsync(database, kafka, TimeProvider.System);
        Console.WriteLine("ready");
        await Console.In.ReadToEndAsync();
        return 0;
    }
}
