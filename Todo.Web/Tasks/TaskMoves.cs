using Todo.Contracts.Tasks;
using Todo.Web.Projects;

namespace Todo.Web.Tasks;

/// <summary>Where tasks lie: in which project, and below which other task. Dragging, keys and menus all end here.</summary>
public sealed class TaskMoves(TaskBoard board, TaskActions actions, ProjectBoard projects)
{
    /// <summary>Moves tasks to a project or the inbox; what is part of another task leaves it, unless that goes too.</summary>
    public Task ToAsync(IReadOnlyCollection<Guid> taskIds, (Guid? Project, Guid? Section) place)
    {
        var name = projects.Find(place.Project)?.Name ?? "Inbox";
        var along = taskIds.SelectMany(taskId => board.PartsOf(taskId)).Select(part => part.TaskId).ToHashSet();
        return actions.EditAsync(
            [.. taskIds.Where(taskId => !along.Contains(taskId))],
            task => task with { ProjectId = place.Project, SectionId = place.Section, ParentId = null },
            taskIds.Count == 1 ? $"Moved to {name}" : $"{taskIds.Count} tasks moved to {name}");
    }

    /// <summary>The sibling just before a task: what it would become a part of.</summary>
    public TaskView? Above(TaskView task)
    {
        TaskView? above = null;
        foreach (var other in board.Tasks)
        {
            if (other.TaskId == task.TaskId)
                return above;
            if (TaskLists.IsOpen(other) && other.ParentId == task.ParentId && other.ProjectId == task.ProjectId && other.SectionId == task.SectionId)
                above = other;
        }

        return null;
    }

    public Task IndentAsync(Guid taskId) => board.Find(taskId) is { } task && Above(task) is { } above
        ? actions.EditAsync(taskId, t => t with { ParentId = above.TaskId })
        : Task.CompletedTask;

    public Task OutdentAsync(Guid taskId) => actions.EditAsync(taskId, t => t with
    {
        ParentId = t.ParentId is { } parent ? board.Find(parent)?.ParentId : null,
    });
}
