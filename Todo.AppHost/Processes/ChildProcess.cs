using System.Diagnostics;

namespace Todo.AppHost.Processes;

/// <summary>A program that ends when we do, however we end.</summary>
/// <remarks>
/// On Unix a small shell starts it and keeps a watcher beside it that holds the other end of a pipe of ours: when the pipe
/// closes without a word, the watcher kills the program. On Windows a job object does the same.
/// </remarks>
internal sealed class ChildProcess : IDisposable
{
    // The watcher reads from descriptor 3, as the standard input of a background command is not the shell's. One line says
    // that the program has ended by itself; the end of the pipe says that we are gone. `exec` keeps the process id.
    internal const string Script =
        """
        exec 3<&0
        ( trap '' INT TERM HUP; read -r _ <&3 || kill -9 $$ ) >/dev/null 2>&1 &
        exec "$@" </dev/null 3<&-
        """;

    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public int ExitCode => _process.ExitCode;

    public static ChildProcess Start(ChildProgram program, Action<string> onLine)
    {
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo(program.File, program.Arguments)
            : new ProcessStartInfo("/bin/sh", ["-c", Script, "todobus-child", program.File, .. program.Arguments]);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.WorkingDirectory = program.WorkingFolder;
        if (OperatingSystem.IsWindows())
            start.CreateNewProcessGroup = true;
        foreach (var (name, value) in program.Environment)
            start.Environment[name] = value;

        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Pass(line.Data);
        process.ErrorDataReceived += (_, line) => Pass(line.Data);
        process.Start();
        if (OperatingSystem.IsWindows())
            WindowsJob.Add(process);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ChildProcess(process);

        void Pass(string? line)
        {
            if (line is not null)
                onLine(line);
        }
    }

    public async Task<int> WaitForExitAsync(CancellationToken ct = default)
    {
        await _process.WaitForExitAsync(ct);
        return _process.ExitCode;
    }

    /// <summary>Asks it to stop, and insists when it has not within the time.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(Signals.AskToStop(_process) ? patience : TimeSpan.Zero);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
    }

    public void Dispose()
    {
        try
        {
            if (!OperatingSystem.IsWindows() && _process.HasExited)
                _process.StandardInput.WriteLine();
        }
        catch (IOException)
        {
            // The watcher is gone as well, which is all the line was to achieve.
        }

        _process.Dispose();
    }
}
