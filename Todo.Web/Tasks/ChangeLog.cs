using Todo.Contracts.Tasks;

namespace Todo.Web.Tasks;

/// <summary>Which tasks the board touched lately. Short, because lists look after every change; who looks too late reads everything.</summary>
internal sealed class ChangeLog
{
    private const int Kept = 256;
    private readonly Queue<(long Revision, TaskChange Change)> _entries = new();
    private long _complete;

    public void Add(long revision, Guid taskId, TaskView? before)
    {
        _entries.Enqueue((revision, new(taskId, before)));
        if (_entries.Count > Kept)
            _complete = _entries.Dequeue().Revision;
    }

    /// <summary>What was there before a revision is not told any more.</summary>
    public void Forget(long revision)
    {
        _entries.Clear();
        _complete = revision;
    }

    /// <summary>Every task touched after a revision, once, with how it stood at that revision; null when not all of them are known.</summary>
    public IReadOnlyCollection<TaskChange>? Since(long revision)
    {
        if (revision < _complete)
            return null;
        var first = new Dictionary<Guid, TaskChange>();
        foreach (var (at, change) in _entries)
        {
            if (at > revision)
                first.TryAdd(change.TaskId, change);
        }

        return first.Values;
    }
}

/// <summary>A task that was touched, and how it stood before that.</summary>
public readonly record struct TaskChange(Guid TaskId, TaskView? Before);
