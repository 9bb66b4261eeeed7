using Todo.AppHost.Processes;

namespace Todo.AppHost.Postgres;

/// <summary>Looks after a cluster that runs apart from us: when its server dies that is reported, and it is started again.</summary>
internal sealed class PostgresKeeper : IAsyncDisposable
{
    private readonly PostgresCluster _cluster;
    private readonly Action<ChildDeath> _died;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _watching;

    private PostgresKeeper(PostgresCluster cluster, Action<ChildDeath> died)
    {
        _cluster = cluster;
        _died = died;
        _watching = Task.Run(WatchAsync);
    }

    public static PostgresKeeper Keep(PostgresCluster cluster, Action<ChildDeath> died) => new(cluster, died);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _watching;
        _stopping.Dispose();
        await _cluster.DisposeAsync();
    }

    private async Task WatchAsync()
    {
        var pause = TimeSpan.FromMilliseconds(500);
        try
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
            while (await timer.WaitForNextTickAsync(_stopping.Token))
            {
                if (_cluster.IsRunning)
                    continue;

                _died(new ChildDeath("postgres", -1, LastLinesOfLog(), pause));
                await Task.Delay(pause, _stopping.Token);
                await TryRunAsync();
                pause = pause * 2 < TimeSpan.FromSeconds(30) ? pause * 2 : TimeSpan.FromSeconds(30);
            }
        }
        catch (OperationCanceledException)
        {
            // We are stopping.
        }
    }

    private async Task TryRunAsync()
    {
        try
        {
            await _cluster.RunAsync(_stopping.Token);
        }
        catch (HostException)
        {
            // The next tick finds it dead again, says so and tries once more.
        }
    }

    private string[] LastLinesOfLog() =>
        File.Exists(_cluster.LogFile) ? [.. File.ReadAllLines(_cluster.LogFile).TakeLast(5)] : [];
}
