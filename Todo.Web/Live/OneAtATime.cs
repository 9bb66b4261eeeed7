namespace Todo.Web.Live;

/// <summary>Runs something one at a time. Who asks meanwhile gets one more run, since the one under way may have looked too early.</summary>
internal sealed class OneAtATime(Func<Task> run)
{
    private Task _running = Task.CompletedTask;
    private bool _again;

    public Task RunAsync()
    {
        _again = true;
        return _running.IsCompleted ? _running = LoopAsync() : _running;
    }

    private async Task LoopAsync()
    {
        while (_again)
        {
            _again = false;
            await run();
        }
    }
}
