namespace Todo.Web.Layout;

/// <summary>Runs something a moment later, once for all who asked meanwhile: counts may wait, the row a person clicked may not.</summary>
public sealed class Soon(TimeProvider time, Action act) : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(80);
    private ITimer? _timer;

    public void Ask() => _timer ??= time.CreateTimer(_ => Run(), null, Moment, Timeout.InfiniteTimeSpan);

    public void Dispose() => _timer?.Dispose();

    private void Run()
    {
        _timer?.Dispose();
        _timer = null;
        act();
    }
}
