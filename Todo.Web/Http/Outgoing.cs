using Todo.Web.Account;
using Todo.Web.Layout;

namespace Todo.Web.Http;

/// <summary>
/// What was done in this page and the server has not answered yet. No connection is not an edit's fault: the same command goes out again
/// until it gets through. A server in trouble gets half a minute. Never for somebody else, though: whoever signs in next has nothing to do with it.
/// </summary>
/// <remarks>Edits of different tasks travel side by side. Those of lists keep their place among all: a task follows the project it goes into, and leaves it before the project is deleted.</remarks>
public sealed class Outgoing(Session session, Patience patience, Browser browser)
{
    private const int Attempts = 6;
    private readonly List<Task> _underWay = [];
    private Task _lists = Task.CompletedTask;

    public event Action? Changed;

    /// <summary>How many edits have not been answered.</summary>
    public int Waiting => _underWay.Count;

    /// <summary>Sends an edit of a task.</summary>
    /// <param name="send">Asks once; always with the same command id, so that it is done once.</param>
    /// <param name="after">What has to be answered first.</param>
    public Task<Problem?> SendAsync(Func<Task<Problem?>> send, Task? after = null) => KeepAsync(send, after is null ? _lists : Task.WhenAll(_lists, after));

    /// <summary>Sends an edit of what belongs to no single task.</summary>
    public Task<Problem?> SendInOrderAsync(Func<Task<Problem?>> send)
    {
        var sending = KeepAsync(send, Task.WhenAll(_underWay));
        _lists = sending;
        return sending;
    }

    private async Task<Problem?> KeepAsync(Func<Task<Problem?>> send, Task before)
    {
        var sending = TryAsync(send, before);
        if (sending.IsCompleted)
            return await sending;
        _underWay.Add(sending);
        Changed?.Invoke();
        try
        {
            return await sending;
        }
        finally
        {
            _underWay.Remove(sending);
            Changed?.Invoke();
        }
    }

    private async Task<Problem?> TryAsync(Func<Task<Problem?>> send, Task before)
    {
        var whose = session.Account?.UserId;
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await browser.PaintedAsync(); // a person waits for the frame that shows the edit, and for nothing else
        for (var attempt = 0; session.Account?.UserId == whose; attempt++)
        {
            var problem = await send();
            if (problem is not { IsTransient: true } || (problem.Status != 0 && attempt == Attempts))
                return problem;
            await patience.WaitAsync(TimeSpan.FromSeconds(Math.Min(8, Math.Pow(2, attempt))));
        }

        return Problem.NoConnection;
    }
}
