using Todo.Contracts.Tasks;

namespace Todo.Web.Tasks;

/// <summary>Tasks in parts, each in its order: days, sections, or one for all. Of ten thousand, a change costs what changed and not a walk over all of them.</summary>
/// <remarks>
/// While only what tasks say changes, a part stays the same object; when rows come, go or move it is another one, so that whoever kept
/// the last one still has what was shown. The other parts stay as they are.
/// </remarks>
/// <param name="board">Whose tasks.</param>
/// <param name="wanted">Which of them.</param>
/// <param name="keyOf">The part that a task is in; looks at nothing but the task.</param>
/// <param name="order">The order within a part; never the same for two tasks.</param>
public sealed class TaskParts<TKey>(TaskBoard board, Func<TaskView, bool> wanted, Func<TaskView, TKey> keyOf, Comparer<TaskView> order)
    where TKey : notnull
{
    private static readonly List<TaskView> None = [];
    private readonly Dictionary<TKey, List<TaskView>> _parts = [];
    private long _at = -1;

    /// <summary>The tasks of a part; none where there is no such part.</summary>
    public IReadOnlyList<TaskView> this[TKey key] => UpToDate().GetValueOrDefault(key, None);

    /// <summary>The parts with something in them.</summary>
    public IReadOnlyCollection<TKey> Keys => UpToDate().Keys;

    private Dictionary<TKey, List<TaskView>> UpToDate()
    {
        if (_at == board.Revision)
            return _parts;
        if (_at >= 0 && board.ChangedSince(_at) is { } changed)
            Follow(changed);
        else
            Fill();
        _at = board.Revision;
        return _parts;
    }

    private void Fill()
    {
        _parts.Clear();
        foreach (var task in board.Tasks.Where(wanted))
            PartOf(keyOf(task)).Add(task);
        if (order == TaskBoard.ByOrder)
            return;
        foreach (var part in _parts.Values)
            part.Sort(order);
    }

    private void Follow(IEnumerable<TaskChange> changes)
    {
        var copied = new HashSet<TKey>();
        foreach (var (taskId, before) in changes)
        {
            var now = board.Find(taskId) is { } task && wanted(task) ? task : null;
            var (from, at) = before is null ? (default, -1) : Where(before);
            if (at >= 0 && now is not null && Stays(_parts[from!][at], now, from!))
            {
                _parts[from!][at] = now;
                continue;
            }

            if (at >= 0)
                Remove(Own(from!), from!, at);
            if (now is not null && keyOf(now) is var to)
            {
                var part = Own(to);
                part.Insert(~part.BinarySearch(now, order), now);
            }
        }

        // Whoever kept a part that changes has the old one: it is copied once.
        List<TaskView> Own(TKey key) => copied.Add(key) ? (_parts[key] = [.. PartOf(key)]) : PartOf(key);
    }

    private (TKey? Key, int At) Where(TaskView before)
    {
        var key = keyOf(before);
        return (key, _parts.TryGetValue(key, out var part) ? part.BinarySearch(before, order) : -1);
    }

    private bool Stays(TaskView then, TaskView now, TKey key) =>
        order.Compare(then, now) == 0 && now.ParentId == then.ParentId && EqualityComparer<TKey>.Default.Equals(keyOf(now), key);

    private void Remove(List<TaskView> part, TKey key, int at)
    {
        part.RemoveAt(at);
        if (part.Count == 0)
            _parts.Remove(key);
    }

    private List<TaskView> PartOf(TKey key)
    {
        if (!_parts.TryGetValue(key, out var part))
            _parts[key] = part = [];
        return part;
    }
}
