using Todo.Contracts.Tasks;

namespace Todo.Web.Tasks;

/// <summary>Which tasks are parts of which, kept as tasks change so that nobody has to look through all of them.</summary>
internal sealed class TaskFamilies
{
    private readonly Dictionary<Guid, HashSet<Guid>> _parts = [];

    public bool Any => _parts.Count > 0;

    public void Change(TaskView? before, TaskView? after)
    {
        var (from, to) = (ParentOf(before), ParentOf(after));
        if (from == to)
            return;
        if (from is { } old && _parts.TryGetValue(old, out var left) && left.Remove(before!.TaskId) && left.Count == 0)
            _parts.Remove(old);
        if (to is not { } parent)
            return;
        if (!_parts.TryGetValue(parent, out var parts))
            _parts[parent] = parts = [];
        parts.Add(after!.TaskId);
    }

    public IEnumerable<TaskView> Of(Guid parent, Func<Guid, TaskView?> find) =>
        _parts.TryGetValue(parent, out var parts) ? parts.Select(find).OfType<TaskView>().Order(TaskBoard.ByOrder) : [];

    public (int Done, int All) Progress(Guid parent, Func<Guid, TaskView?> find) => _parts.TryGetValue(parent, out var parts)
        ? (parts.Count(part => find(part)?.State == TaskState.Completed), parts.Count)
        : default;

    public void Clear() => _parts.Clear();

    private static Guid? ParentOf(TaskView? task) => task?.DeletedAt is null ? task?.ParentId : null;
}
