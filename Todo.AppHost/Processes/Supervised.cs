using System.Globalization;

namespace Todo.AppHost.Processes;

/// <summary>A child that is kept running: when it ends by itself that is reported, with its last lines, and it is started again.</summary>
/// <remarks>
/// Its process id is in a file beside its log while it runs. The pause before a restart doubles while it keeps dying, and is short again once it has run for a while.
/// </remarks>
internal sealed class Supervised : IAsyncDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongRun = TimeSpan.FromSeconds(60);

    /// <summary>After Ctrl-C in a terminal children may be gone before we hear of it ourselves; that is no death to report.</summary>
    private static readonly TimeSpan CtrlCGrace = TimeSpan.FromMilliseconds(300);

    private readonly ChildProgram _program;
    private readonly Action<ChildDeath> _died;
    private readonly TimeSpan _patience;
    private readonly string _pidFile;
    private readonly StreamWriter _log;
    private readonly LastLines _lastLines = new(12);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;

    private Supervised(string name, ChildProgram program, string logFile, Action<ChildDeath> died, TimeSpan patience)
    {
        Name = name;
        _program = program;
        _died = died;
        _patience = patience;
        _pidFile = Path.ChangeExtension(logFile, ".pid");
        Directory.CreateDirectory(Path.GetDirectoryName(logFile)!);
        _log = new StreamWriter(new FileStream(logFile, FileMode.Create, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
        _running = Task.Run(RunAsync);
    }

    public string Name { get; }

    /// <summary>Null while it is not running.</summary>
    public int? ProcessId { get; private set; }

    public int Deaths { get; private set; }

    public static Supervised Start(string name, ChildProgram program, string logFile, Action<ChildDeath> died, TimeSpan? patience = null) =>
        new(name, program, logFile, died, patience ?? TimeSpan.FromSeconds(6));

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        await _log.DisposeAsync();
    }

    private async Task RunAsync()
    {
        var pause = ShortestPause;
        while (!_stopping.IsCancellationRequested)
        {
            var started = DateTime.UtcNow;
            var exitCode = await RunOnceAsync();
            await DelayAsync(CtrlCGrace);
            if (_stopping.IsCancellationRequested)
                return;

            if (DateTime.UtcNow - started > LongRun)
                pause = ShortestPause;
            Deaths++;
            _died(new ChildDeath(Name, exitCode, _lastLines.Take(), pause));
            await DelayAsync(pause);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task<int> RunOnceAsync()
    {
        using var child = ChildProcess.Start(_program, Note);
        ProcessId = child.Id;
        await File.WriteAllTextAsync(_pidFile, child.Id.ToString(CultureInfo.InvariantCulture));
        try
        {
            return await child.WaitForExitAsync(_stopping.Token);
        }
        catch (OperationCanceledException)
        {
            await child.StopAsync(_patience);
            return child.ExitCode;
        }
        finally
        {
            ProcessId = null;
            File.Delete(_pidFile);
        }
    }

    private void Note(string line)
    {
        _lastLines.Add(line);
        lock (_log)
            _log.WriteLine(line);
    }

    private async Task DelayAsync(TimeSpan time) =>
        await Task.Delay(time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}

internal sealed record ChildDeath(string Name, int ExitCode, IReadOnlyList<string> LastLines, TimeSpan RestartIn);
