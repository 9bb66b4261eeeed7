using Todo.Contracts.Tasks;

namespace Todo.Web.Tasks;

/// <summary>Tasks in parts, each in its order: days, sections, labels, or one for all. Of ten thousand, a change costs what changed and not a walk over all of them.</summary>
/// <remarks>
/// While only what tasks say changes, a part stays the same object; when rows come, go or move it is another one, so that whoever kept
/// the last one still has what was shown. The other parts stay as they are.
/// </remarks>
/// <param name="board">Whose tasks.</param>
/// <param name="wanted">Which of them.</param>
/// <param name="keysOf">The parts that a task is in, each once; looks at nothing but the task.</param>
/// <param name="order">The order within a part; never the same for two tasks.</param>
/// <param name="same">Which keys are one part; equal ones where nothing is said.</param>
public sealed class TaskParts<TKey>(
    TaskBoard board, Func<TaskView, bool> wanted, Func<TaskView, IReadOnlyList<TKey>> keysOf, Comparer<TaskView> order, IEqualityComparer<TKey>? same = null)
    where TKey : notnull
{
    private static readonly List<TaskView> None = [];
    private readonly Dictionary<TKey, List<TaskView>> _parts = new(same);
    private long _at = -1;

    /// <summary>Parts of which each task is in one.</summary>
    public TaskParts(TaskBoard board, Func<TaskView, bool> wanted, Func<TaskView, TKey> keyOf, Comparer<TaskView> order)
        : this(board, wanted, task => [keyOf(task)], order)
    {
    }

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
        {
            foreach (var key in keysOf(task))
                PartOf(key).Add(task);
        }

        if (order == TaskBoard.ByOrder)
            return;
        foreach (var part in _parts.Values)
            part.Sort(order);
    }

    private void Follow(IEnumerable<TaskChange> changes)
    {
        var copied = new HashSet<TKey>(same);
        foreach (var (taskId, before) in changes)
        {
            var now = board.Find(taskId) is { } task && wanted(task) ? task : null;
            var keys = now is null ? [] : keysOf(now);
            foreach (var key in before is null ? [] : keysOf(before))
            {
                if (!_parts.TryGetValue(key, out var part) || part.BinarySearch(before!, order) is var at && at < 0)
                    continue;
                if (now is not null && keys.Contains(key, _parts.Comparer) && order.Compare(part[at], now) == 0 && part[at].ParentId == now.ParentId)
                    part[at] = now;
                else
                    Remove(Own(key), key, at);
            }

            foreach (var key in keys)
            {
                if (PartOf(key).BinarySearch(now!, order) is var place && place < 0)
                    Own(key).Insert(~place, now!);
            }
        }

        // Whoever kept a part that changes has the old one: it is copied once.
        List<TaskView> Own(TKey key) => copied.Add(key) ? (_parts[key] = [.. PartOf(key)]) : PartOf(key);
    }

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
