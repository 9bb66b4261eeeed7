namespace Todo.Web.Tasks;

/// <summary>What was done last, and how to take it back; the newest first.</summary>
public sealed class UndoHistory
{
    private const int Kept = 50;
    private readonly LinkedList<Undoable> _done = [];

    public Undoable Push(Undoable entry)
    {
        _done.AddLast(entry);
        if (_done.Count > Kept)
            _done.RemoveFirst();
        return entry;
    }

    /// <summary>Takes back the last thing done; the answer is its name, or null when there is nothing.</summary>
    public async Task<string?> UndoAsync()
    {
        if (_done.Last is not { Value: var entry })
            return null;
        await UndoAsync(entry);
        return $"{entry.What} “{entry.Title}”";
    }

    /// <summary>Takes back one thing, once; what taking it back itself records is not kept.</summary>
    public async Task UndoAsync(Undoable entry)
    {
        if (!_done.Remove(entry))
            return;
        var known = _done.Last;
        var back = entry.BackAsync();
        while (_done.Last != known && _done.Count > 0)
            _done.RemoveLast();
        await back;
    }
}

/// <summary>Something that can be taken back.</summary>
public sealed record Undoable(string What, string Title, Func<Task> BackAsync);
