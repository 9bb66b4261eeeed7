using Todo.Contracts.Tasks;

namespace Todo.Web.Tasks;

/// <summary>
/// The rows of a list while changes arrive from elsewhere. Contents change in place; what would make rows jump waits while
/// somebody is aiming at one, and is counted. The person's own changes never wait.
/// </summary>
public sealed class HeldOrder
{
    private IReadOnlyList<TaskView> _shown = [];
    private long _own = -1;

    /// <summary>How many rows would come, go or move; 0 when nothing waits.</summary>
    public int Waiting { get; private set; }

    /// <summary>The rows to draw.</summary>
    /// <param name="wanted">The list as it stands now.</param>
    /// <param name="own">Counts what the person did here; see <see cref="TaskBoard.OwnRevision"/>.</param>
    /// <param name="isAimedAt">Asked only when rows would jump for somebody else's sake.</param>
    /// <param name="find">How a task that left the list stands now; null when it is gone altogether.</param>
    public IReadOnlyList<TaskView> Next(IReadOnlyList<TaskView> wanted, long own, Func<bool> isAimedAt, Func<Guid, TaskView?> find)
    {
        var mine = own != _own;
        _own = own;
        Waiting = mine || SameOrder(_shown, wanted) || !isAimedAt() ? 0 : Jumps(wanted);
        return _shown = Waiting == 0 ? wanted : InPlace(wanted, find);
    }

    private static bool SameOrder(IReadOnlyList<TaskView> a, IReadOnlyList<TaskView> b)
    {
        if (ReferenceEquals(a, b))
            return true;
        if (a.Count != b.Count)
            return false;
        for (var i = 0; i < a.Count; i++)
        {
            if (a[i].TaskId != b[i].TaskId || a[i].ParentId != b[i].ParentId)
                return false;
        }

        return true;
    }

    private int Jumps(IReadOnlyList<TaskView> wanted)
    {
        var (before, after) = (_shown.Select(task => task.TaskId).ToHashSet(), wanted.Select(task => task.TaskId).ToHashSet());
        var comeOrGo = after.Count(id => !before.Contains(id)) + before.Count(id => !after.Contains(id));
        return Math.Max(1, comeOrGo);
    }

    private List<TaskView> InPlace(IReadOnlyList<TaskView> wanted, Func<Guid, TaskView?> find)
    {
        var now = wanted.ToDictionary(task => task.TaskId);
        return [.. _shown.Select(old => now.GetValueOrDefault(old.TaskId) ?? find(old.TaskId) ?? old).Zip(_shown, (task, old) => task.ParentId == old.ParentId ? task : task with { ParentId = old.ParentId })];
    }
}
