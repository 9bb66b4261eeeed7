using Todo.Contracts.Tasks;

namespace Todo.Web.Tasks;

/// <summary>Places in the person's order above or below a task, one after the other: what is added first stands first.</summary>
public sealed class PlacesBeside
{
    private readonly string? _before;
    private string? _after;

    public PlacesBeside(TaskView task, bool above, TaskBoard board)
    {
        var siblings = board.Tasks.Where(other => TaskLists.IsOpen(other) && (other.ParentId, other.ProjectId, other.SectionId) == (task.ParentId, task.ProjectId, task.SectionId)).ToList();
        var at = siblings.FindIndex(other => other.TaskId == task.TaskId);
        (_after, _before) = above
            ? (at > 0 ? siblings[at - 1].Order : null, task.Order)
            : (task.Order, at >= 0 && at + 1 < siblings.Count ? siblings[at + 1].Order : null);
    }

    /// <summary>Null where nothing fits between: the task then goes to the end.</summary>
    public string? Next()
    {
        if (!IsPlace(_after) || !IsPlace(_before) || (_after is not null && _before is not null && string.CompareOrdinal(_after, _before) >= 0))
            return null;
        return _after = OrderKey.Between(_after, _before);
    }

    private static bool IsPlace(string? order) => order is null || OrderKey.IsValid(order);
}
