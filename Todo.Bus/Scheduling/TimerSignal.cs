namespace Todo.Bus.Scheduling;

/// <summary>Tells the releaser of this process, after a commit, the earliest due time that was added. Missing it costs a poll, never a timer.</summary>
public sealed class TimerSignal : IDisposable
{
    private readonly SemaphoreSlim _news = new(0, 1);
    private long _earliest = long.MaxValue;

    /// <summary>A transaction with timers has committed; <paramref name="dueAt"/> is the earliest of them.</summary>
    public void Wake(DateTimeOffset dueAt)
    {
        long seen;
        do
        {
            seen = Interlocked.Read(ref _earliest);
            if (dueAt.UtcTicks >= seen)
                return;
        }
        while (Interlocked.CompareExchange(ref _earliest, dueAt.UtcTicks, seen) != seen);
        Nudge();
    }

    /// <summary>Ends the releaser's wait without naming a time.</summary>
    internal void Nudge()
    {
        try
        {
            if (_news.CurrentCount == 0)
                _news.Release();
        }
        catch (Exception harmless) when (harmless is SemaphoreFullException or ObjectDisposedException)
        {
            // The releaser has been woken already and will read the earliest time, or it has ended.
        }
    }

    /// <summary>Waits for news or the timeout; returns the earliest due time heard of, null after a timeout.</summary>
    public async Task<DateTimeOffset?> WaitAsync(TimeSpan timeout, CancellationToken ct)
    {
        await _news.WaitAsync(timeout, ct);
        var ticks = Interlocked.Exchange(ref _earliest, long.MaxValue);
        return ticks == long.MaxValue ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    /// <inheritdoc />
    public void Dispose() => _news.Dispose();
}
