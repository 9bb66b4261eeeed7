namespace Todo.Bus.Outbox;

/// <summary>Tells the relay of this process, after a commit, which lanes have news. Missing a signal costs a poll, never a record.</summary>
public sealed class OutboxSignal : IDisposable
{
    private readonly SemaphoreSlim _news = new(0, 1);
    private readonly SemaphoreSlim _bus = new(0, 1);
    private int _lanes;

    /// <summary>A transaction with rows in these lanes has committed (bit n = lane n).</summary>
    public void Wake(int lanes)
    {
        if (lanes == 0)
            return;
        Interlocked.Or(ref _lanes, lanes);
        Nudge();
    }

    /// <summary>A transaction with these rows has committed.</summary>
    public void Wake(IEnumerable<OutboxRow> rows) => Wake(rows.Aggregate(0, (lanes, row) => lanes | (1 << row.Lane)));

    /// <summary>A transaction with messages for the bus has committed.</summary>
    internal void WakeBus() => Ring(_bus);

    /// <summary>Ends the relay's wait without naming a lane.</summary>
    internal void Nudge() => Ring(_news);

    /// <summary>Waits for messages for the bus, or the timeout.</summary>
    internal Task WaitForBusAsync(TimeSpan timeout, CancellationToken ct) => _bus.WaitAsync(timeout, ct);

    private static void Ring(SemaphoreSlim bell)
    {
        try
        {
            if (bell.CurrentCount == 0)
                bell.Release();
        }
        catch (Exception harmless) when (harmless is SemaphoreFullException or ObjectDisposedException)
        {
            // Somebody else just woke the relay, which will see our lanes as well, or it has ended.
        }
    }

    /// <summary>Waits for news or the timeout; returns the lanes with news, none after a timeout.</summary>
    public async Task<int> WaitAsync(TimeSpan timeout, CancellationToken ct)
    {
        await _news.WaitAsync(timeout, ct);
        return Interlocked.Exchange(ref _lanes, 0);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _news.Dispose();
        _bus.Dispose();
    }
}
