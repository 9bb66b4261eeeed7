using Todo.Contracts.Lists;
using Todo.Contracts.Tasks;
using Todo.Web.Layout;
using Todo.Web.Tasks;

namespace Todo.Web.Projects;

/// <summary>A section goes to another project, and its tasks with it: one request, shown at once, with one undo.</summary>
public sealed class SectionMoves(ProjectBoard projects, TaskBoard board, Toasts toasts, UndoHistory undo, TimeProvider time)
{
    public async Task ToAsync(ProjectView from, SectionView section, Guid project)
    {
        if (projects.Find(project) is not { } to || to.ProjectId == from.ProjectId)
            return;
        toasts.Undoable($"“{section.Name}” moved to {to.Name}", undo.Push(new("Moved", section.Name, () => MoveAsync(to, section, from))));
        await MoveAsync(from, section with { Order = OrderKey.Last(time.GetUtcNow()) }, to);
    }

    private async Task MoveAsync(ProjectView from, SectionView section, ProjectView to)
    {
        var command = Guid.NewGuid().ToString();
        var here = board.Tasks.Where(task => task.SectionId == section.SectionId && task.DeletedAt is null).ToList();
        PendingChange[] changes =
        [
            .. here.SelectMany(task => board.PartsOf(task.TaskId).Prepend(task)).Select(task => task.TaskId).Distinct()
                .Select(id => new PendingChange(command, id, task => task is null ? null : task with { ProjectId = to.ProjectId, SectionId = section.SectionId })),
        ];
        board.Begin(changes);
        if (await projects.MoveSectionAsync(from, section, to, command))
            board.Settle(changes, null);
        else
            board.Reject(changes);
    }
}
