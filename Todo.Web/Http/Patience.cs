namespace Todo.Web.Http;

/// <summary>How whatever found no connection waits before it tries again. All waiting ends at once when there may be one again.</summary>
public sealed class Patience(TimeProvider time)
{
    private TaskCompletionSource _over = new();

    public async Task WaitAsync(TimeSpan longest) =>
        await _over.Task.WaitAsync(longest, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public void End()
    {
        var over = _over;
        _over = new();
        over.SetResult();
    }
}
