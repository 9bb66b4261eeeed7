using System.Diagnostics;

namespace Todo.AppHost.Processes;

/// <summary>Runs a program on our own terminal, as if it had been called directly.</summary>
internal static class Attached
{
    public static async Task<int> RunAsync(string file, IEnumerable<string> arguments)
    {
        // Ctrl-C reaches the program itself, which decides; we only wait for its answer.
        Console.CancelKeyPress += (_, pressed) => pressed.Cancel = true;

        using var process = Process.Start(new ProcessStartInfo(file, arguments))!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
