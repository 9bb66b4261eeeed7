using Todo.Contracts.Live;
using Todo.Web.Http;
using Todo.Web.Tasks;

namespace Todo.Web.Live;

/// <summary>
/// Keeps the board in step with the server: pushed changes in sequence, a catch-up by GET where one is missing, everything
/// anew where the gap is too long to bridge. A push is a courtesy; nothing depends on it arriving.
/// </summary>
public sealed class LiveFeed(TasksClient client, TaskBoard board)
{
    private const int PageSize = 500;
    private Task _catchingUp = Task.CompletedTask;
    private bool _again;

    /// <summary>The last sequence number that the board contains; null until the lists are loaded.</summary>
    public long? Sequence { get; private set; }

    /// <summary>True once the open tasks are on the board.</summary>
    public bool Loaded { get; private set; }

    /// <summary>Learns where the feed stands, then loads what is open: a change between the two comes twice, never not at all.</summary>
    public async Task<Problem?> LoadAsync()
    {
        var start = await client.ChangesAsync(null);
        if (start.Value is not { } from)
            return start.Problem;

        var open = new List<Contracts.Tasks.TaskView>();
        string? cursor = null;
        do
        {
            var page = await client.ListAsync("open", cursor, PageSize);
            if (page.Value is not { } tasks)
                return page.Problem;
            open.AddRange(tasks.Items);
            cursor = tasks.Next;
            if (!Loaded)
                board.Receive(tasks.Items);
        }
        while (cursor is not null);

        board.ReceiveAllOpen(open);
        Loaded = true;
        Sequence = from.Sequence;
        return null;
    }

    /// <summary>A change came over the hub.</summary>
    public void Receive(TaskChanged change)
    {
        // Whatever its number, the board takes it: versions decide. The number only tells whether something is missing.
        board.Receive(change);
        if (Sequence is not { } known)
            return;

        if (change.Sequence == known + 1)
            Sequence = change.Sequence;
        else if (change.Sequence > known + 1)
            _ = CatchUpAsync();
    }

    /// <summary>Asks for what was missed; calls that come while one is under way are folded into one more.</summary>
    public Task CatchUpAsync()
    {
        if (!_catchingUp.IsCompleted)
        {
            _again = true;
            return _catchingUp;
        }

        return _catchingUp = RunAsync();
    }

    public void Reset() => (Sequence, Loaded) = (null, false);

    private async Task RunAsync()
    {
        do
        {
            _again = false;
            if (Sequence is not { } since)
                return;

            var answer = await client.ChangesAsync(since);
            if (answer.Value is not { } page)
                return;
            if (page.FullSync)
            {
                await LoadAsync();
                return;
            }

            foreach (var change in page.Changes)
                board.Receive(change);
            Sequence = Math.Max(since, page.Sequence);
            _again |= page.More;
        }
        while (_again);
    }
}
