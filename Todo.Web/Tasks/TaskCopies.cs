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

    /// <summary>Tasks once more, elsewhere, in their order and parents before their parts; what is part of none of them stands by itself.</summary>
    /// <param name="tasks">The tasks, in their order.</param>
    /// <param name="place">Where the copy of each is to lie.</param>
    /// <param name="board">Knows their parts.</param>
    /// <param name="now">Each id is of a moment later than the one before, and so sorts after it.</param>
    public static List<CreateTaskRequest> Elsewhere(IReadOnlyCollection<TaskView> tasks, Func<TaskView, (Guid? Project, Guid? Section)> place, TaskBoard board, DateTimeOffset now)
    {
        var copies = new List<CreateTaskRequest>(tasks.Count);
        var among = tasks.Select(task => task.TaskId).ToHashSet();
        foreach (var task in tasks.Where(task => task.ParentId is not { } parent || !among.Contains(parent)))
            Add(task, null);
        return copies;

        void Add(TaskView original, Guid? parent)
        {
            var (project, section) = place(original);
            var copy = Copy(original, parent) with { TaskId = Guid.CreateVersion7(now.AddMilliseconds(copies.Count)), ProjectId = project, SectionId = section };
            copies.Add(copy);
            foreach (var part in board.ChildrenOf(original.TaskId).Where(part => among.Contains(part.TaskId)))
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
