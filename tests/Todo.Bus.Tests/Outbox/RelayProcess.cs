using System.Diagnostics;
using Todo.Bus.Tests.Scheduling;

namespace Todo.Bus.Tests.Outbox;

/// <summary>A relay and a timer releaser in a process of their own, to be killed without warning.</summary>
internal sealed class RelayProcess : IDisposable
{
    public const string Role = "play-relay";
    public const string ConsumerRole = "play-consumer";

    private readonly Process _process;

    private RelayProcess(Process process) => _process = process;

    public static Task<RelayProcess> StartAsync(string database, string kafka) => StartAsync([Role, database, kafka]);

    /// <summary>A consumer in a process of its own.</summary>
    public static Task<RelayProcess> StartConsumerAsync(string database, string kafka, string topic, string group) =>
        StartAsync([ConsumerRole, database, kafka, topic, group]);

    private static async Task<RelayProcess> StartAsync(string[] arguments)
    {
        var assembly = typeof(RelayProcess).Assembly.Location;
        var program = Path.ChangeExtension(assembly, OperatingSystem.IsWindows() ? ".exe" : null);
        var start = File.Exists(program) ? new ProcessStartInfo(program, arguments) : new ProcessStartInfo("dotnet", [assembly, .. arguments]);
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

    /// <summary>The same for a consumer.</summary>
    public static async Task<int> RunConsumerAsync(string database, string kafka, string topic, string group)
    {
        await using var consumer = await Kafka.ConsumerHost.StartAsync(kafka, database, topic, group);
        Console.WriteLine("ready");
        await Console.In.ReadToEndAsync();
        return 0;
    }
}
