using System.Collections.Concurrent;
using System.Diagnostics;

namespace Todo.AppHost.Processes;

/// <summary>Stops a server that runs apart from us when we end without stopping it, even by kill -9.</summary>
/// <remarks>
/// A small shell waits on a pipe that only we hold; when it closes, the shell signals the process named in the pid file.
/// Windows has no such shell: there the server is found again, and taken over, at the next start.
/// </remarks>
internal sealed class OwnerWatch : IDisposable
{
    internal const string Script =
        """
        trap '' INT TERM HUP
        cat >/dev/null
        pid=$(head -n 1 "$1") || exit 0
        kill -"$2" "$pid" || exit 0
        [ -n "$3" ] || exit 0
        while kill -0 "$pid"; do sleep 0.1; done
        rm -rf "$3"
        """;

    // A watch that nobody refers to any more would be collected, its pipe closed, and a healthy server stopped.
    private static readonly ConcurrentDictionary<OwnerWatch, bool> Watching = new();

    private readonly Process? _shell;

    private OwnerWatch(Process? shell)
    {
        _shell = shell;
        Watching[this] = true;
    }

    public static OwnerWatch Start(string pidFile, string signal, string? deleteAfterwards)
    {
        if (OperatingSystem.IsWindows())
            return new OwnerWatch(null);

        return new OwnerWatch(Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Script + " 2>/dev/null", "todobus-watch", pidFile, signal, deleteAfterwards ?? ""])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        }));
    }

    /// <summary>Gives up the watch without touching the server.</summary>
    public void Dispose()
    {
        Watching.TryRemove(this, out _);
        // The shell first: were the pipe closed while it lives, it would do its work.
        _shell?.Kill();
        _shell?.WaitForExit();
        _shell?.Dispose();
    }
}
