using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Todo.AppHost.Processes;

/// <summary>Runs a program to its end and keeps what it printed.</summary>
internal static class Command
{
    private static readonly TimeSpan LongestEcho = TimeSpan.FromSeconds(5);

    public static async Task<CommandResult> RunAsync(
        string file,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? environment = null,
        TimeSpan? timeout = null,
        CancellationToken ct = default)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Programs that run as another user may not be allowed to enter ours.
            WorkingDirectory = Path.GetPathRoot(Environment.SystemDirectory is { Length: > 0 } system ? system : "/")!,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(timeout ?? TimeSpan.FromMinutes(2));

        using var process = Start(start);
        process.StandardInput.Close();
        var output = new StringBuilder();
        var readers = Task.WhenAll(CollectAsync(process.StandardOutput, output), CollectAsync(process.StandardError, output));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            ct.ThrowIfCancellationRequested();
            throw new HostException($"{Path.GetFileName(file)} did not finish in time.");
        }

        // A server started by the program may have inherited its pipes and keep them open; what matters came before.
        await Task.WhenAny(readers, Task.Delay(LongestEcho, ct));
        lock (output)
            return new CommandResult(process.ExitCode, output.ToString().Trim());
    }

    /// <summary>Where a program is on the PATH, or null.</summary>
    public static string? Find(string name)
    {
        string[] names = OperatingSystem.IsWindows() ? [name + ".exe", name + ".cmd"] : [name];
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(OperatingSystem.IsWindows() ? [] : ["/usr/sbin", "/usr/bin", "/bin"])
            .SelectMany(folder => names.Select(file => Path.Combine(folder, file)))
            .FirstOrDefault(File.Exists);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new HostException($"{start.FileName} could not be started: {e.Message}.", e);
        }
    }

    /// <summary>Reads on a thread of its own: behind a busy thread pool the last words of a short program would come too late to be heard.</summary>
    private static Task CollectAsync(StreamReader from, StringBuilder into) =>
        Task.Factory.StartNew(
            () =>
            {
                try
                {
                    while (from.ReadLine() is { } line)
                    {
                        lock (into)
                            into.AppendLine(line);
                    }
                }
                catch (Exception e) when (e is IOException or ObjectDisposedException)
                {
                    // Nobody waited for the rest.
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
}

internal sealed record CommandResult(int ExitCode, string Output)
{
    public bool Succeeded => ExitCode == 0;

    public string LastLines(int count) => string.Join(Environment.NewLine, Output.Split('\n').TakeLast(count)).Trim();
}
