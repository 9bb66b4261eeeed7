using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Todo.AppHost.Processes;

/// <summary>Runs a program on our own terminal, as if it had been called directly.</summary>
internal static class Attached
{
    public static async Task<int> RunAsync(string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        // Ctrl-C reaches the program itself, which decides; we only wait for its answer.
        Console.CancelKeyPress += (_, pressed) => pressed.Cancel = true;

        var start = new ProcessStartInfo(file, arguments);
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        // Nobody else tells it of a `kill`, and it would go on without us.
        using var stop = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => signal.Cancel = Signals.AskToStop(process));
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
