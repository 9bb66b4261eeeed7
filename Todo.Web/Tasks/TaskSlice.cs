using Todo.Contracts.Tasks;

namespace Todo.Web.Tasks;

/// <summary>The tasks of one list in its order: parts of which there is only one.</summary>
public sealed class TaskSlice(TaskBoard board, Func<TaskView, bool> wanted, Comparer<TaskView> order)
{
    private readonly TaskParts<int> _all = new(board, wanted, static _ => 0, order);

    public IReadOnlyList<TaskView> Tasks => _all[0];
}
