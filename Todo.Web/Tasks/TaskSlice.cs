using Todo.Contracts.Tasks;

namespace Todo.Web.Tasks;

/// <summary>The tasks of one list in its order. Of ten thousand, a change costs what changed and not a walk over all of them.</summary>
/// <remarks>
/// While only what tasks say changes, the list stays the same object; when rows come, go or move it is another one, so that whoever
/// kept the last one still has what was shown.
/// </remarks>
public sealed class TaskSlice(TaskBoard board, Func<TaskView, bool> wanted, Comparer<TaskView> order)
{
    private List<TaskView> _tasks = [];
    private long _at = -1;

    public IReadOnlyList<TaskView> Tasks
    {
        get
        {
            if (_at == board.Revision)
                return _tasks;
            if (_at >= 0 && board.ChangedSince(_at) is { } changed)
                Follow(changed);
            else
                Fill();
            _at = board.Revision;
            return _tasks;
        }
    }

    private void Fill()
    {
        _tasks = [.. board.Tasks.Where(wanted)];
        if (order != TaskBoard.ByOrder)
            _tasks.Sort(order);
    }

    private void Follow(IEnumerable<TaskChange> changes)
    {
        var copied = false;
        foreach (var (taskId, before) in changes)
        {
            var now = board.Find(taskId) is { } task && wanted(task) ? task : null;
            var at = before is null ? -1 : _tasks.BinarySearch(before, order);
            if (at >= 0 && now is not null && order.Compare(_tasks[at], now) == 0 && now.ParentId == _tasks[at].ParentId)
            {
                _tasks[at] = now;
                continue;
            }

            if (at < 0 && now is null)
                continue;
            if (!copied)
                (_tasks, copied) = ([.. _tasks], true);
            if (at >= 0)
                _tasks.RemoveAt(at);
            if (now is not null)
                _tasks.Insert(~_tasks.BinarySearch(now, order), now);
        }
    }
}
