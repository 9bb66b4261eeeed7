using Todo.Contracts.Live;
using Todo.Contracts.Tasks;
using Todo.Web.Http;
using Todo.Web.Tasks;

namespace Todo.Web.Live;

/// <summary>
/// Keeps the board in step with the server: pushed changes in sequence, a catch-up by GET where one is missing, everything
/// anew where the gap is too long to bridge. A push is a courtesy; nothing depends on it arriving.
/// </summary>
public sealed class LiveFeed
{
    private const int PageSize = 500;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private readonly TasksClient _client;
    private readonly TaskBoard _board;
    private readonly Patience _patience;
    private readonly OneAtATime _catchingUp;
    private long _heard;
    private bool _owed;
    private int _visit;

    public LiveFeed(TasksClient client, TaskBoard board, Patience patience)
    {
        (_client, _board, _patience) = (client, board, patience);
        _catchingUp = new(RunAsync);
    }

    /// <summary>The last sequence number that the board contains; null until the lists are loaded.</summary>
    public long? Sequence { get; private set; }

    /// <summary>True once the open tasks are on the board.</summary>
    public bool Loaded { get; private set; }

    /// <summary>Loads what is open. The first page says where the feed stood before it was read: a change since then comes twice, never not at all.</summary>
    public async Task<Problem?> LoadAsync()
    {
        var (visit, begun) = (_visit, _board.Revision);
        var open = new List<TaskView>();
        var (cursor, sequence) = ((string?)null, (long?)null);
        do
        {
            var page = await _client.ListAsync("open", cursor, PageSize);
            if (visit != _visit)
                return null; // they have left meanwhile
            if (page.Value is not { } tasks)
                return page.Problem;
            open.AddRange(tasks.Items);
            (cursor, sequence) = (tasks.Next, sequence ?? tasks.Sequence);
            if (!Loaded)
                _board.Receive(tasks.Items);
        }
        while (cursor is not null);

        (Loaded, Sequence) = (true, sequence); // before the board says that it changed: an empty page asks whether it is empty or not there yet
        _board.ReceiveAllOpen(open, begun);
        if (_heard > Sequence || _owed)
            _ = CatchUpAsync(); // pushes came while the pages were read, and perhaps not all of them
        _owed = false;
        return null;
    }

    /// <summary>A change came over the hub.</summary>
    public void Receive(TaskChanged change)
    {
        // Whatever its number, the board takes it: versions decide. The number only tells whether something is missing.
        _board.Receive(change);
        _heard = Math.Max(_heard, change.Sequence);
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
        _owed |= Sequence is null; // nothing to go on from yet: once the list is there
        return _catchingUp.RunAsync();
    }

    public void Reset()
    {
        _visit++;
        (Sequence, Loaded, _heard, _owed) = (null, false, 0, false);
    }

    private async Task RunAsync()
    {
        var (visit, more, wait) = (_visit, true, TimeSpan.FromSeconds(1));
        while (more && Sequence is { } since)
        {
            var answer = await _client.ChangesAsync(since);
            if (visit != _visit)
                return;
            if (answer.Value is not { } page)
            {
                // The hub may be well while the Api is in trouble: nobody else would ask again.
                await _patience.WaitAsync(wait);
                wait = wait * 2 < Longest ? wait * 2 : Longest;
                continue;
            }

            if (page.FullSync)
            {
                await LoadAsync();
                return;
            }

            foreach (var change in page.Changes)
                _board.Receive(change);
            Sequence = Math.Max(Sequence ?? since, page.Sequence);
            more = page.More;
        }
    }
}
