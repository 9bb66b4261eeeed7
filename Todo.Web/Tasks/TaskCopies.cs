using Todo.Contracts.Tasks;

namespace Todo.Web.Tasks;

/// <summary>What it takes to have a task a second time.</summary>
public static class TaskCopies
{
    /// <summary>The task and its open parts, as requests; the task comes first, and parents before their parts.</summary>
    public static List<CreateTaskRequest> Of(TaskView task, TaskBoard board)
    {
        var copies = new List<CreateTaskRequest>();
        Add(task, task.ParentId);
        return copies;

        void Add(TaskView original, Guid? parent)
        {
            var copy = Copy(original, parent);
            copies.Add(copy);
            foreach (var part in board.ChildrenOf(original.TaskId).Where(TaskLists.IsOpen))
                Add(part, copy.TaskId);
        }
    }

    /// <summary>The place between a task and the next one of its siblings.</summary>
    public static string? PlaceBelow(TaskView task, TaskBoard board)
    {
        var next = board.Tasks.SkipWhile(other => other.TaskId != task.TaskId).Skip(1)
            .FirstOrDefault(other => TaskLists.IsOpen(other) && other.ParentId == task.ParentId && other.ProjectId == task.ProjectId && other.Order != task.Order);
        return OrderKey.IsValid(task.Order) ? OrderKey.Between(task.Order, next?.Order) : null;
    }

    private static CreateTaskRequest Copy(TaskView task, Guid? parent) => new()
    {
        TaskId = Guid.CreateVersion7(),
        Title = task.Title,
        Notes = task.Notes,
        Priority = task.Priority,
        ProjectId = task.ProjectId,
        SectionId = task.SectionId,
        ParentId = parent,
        Labels = task.Labels,
        Start = task.Start,
        Due = task.Due,
        Deadline = task.Deadline,
        EstimateMinutes = task.EstimateMinutes,
        Reminders = [.. task.Reminders.Select(reminder => reminder with { ReminderId = Guid.CreateVersion7() })],
        Recurrence = task.Recurrence,
    };
}
