using Microsoft.EntityFrameworkCore;
using Todo.Api.Identity;
using Todo.Api.Storage;
using Todo.Api.Tasks;
using Todo.Contracts.Bulk;
using Todo.Contracts.Tasks;

namespace Todo.Api.Lists;

/// <summary>What happens to a section and its tasks together, in one transaction.</summary>
internal sealed class SectionTasks(TodoDbContext db, TaskCommands commands, TaskWriter writer, ListAccess lists, CurrentUser user, TimeProvider clock)
{
    /// <summary>Its tasks stay in the project, at its head.</summary>
    public Task DeleteAsync(Section section, CancellationToken ct) => ChangeAsync(section, new UpdateTaskRequest { SectionId = null }, () =>
    {
        db.Sections.Remove(section);
        return Task.CompletedTask;
    }, ct);

    /// <summary>Its tasks go with it to the other project; those in the trash quietly, as that is where they are to come back to.</summary>
    public Task MoveAsync(Section section, Guid projectId, string? order, CancellationToken ct)
    {
        (section.ProjectId, section.Order) = (projectId, order ?? OrderKey.Last(clock.Now()));
        return ChangeAsync(section, new UpdateTaskRequest { ProjectId = projectId, SectionId = section.SectionId }, async () =>
        {
            await db.TasksOf(user.Id).Where(t => t.SectionId == section.SectionId && t.DeletedAt != null)
                .ExecuteUpdateAsync(set => set.SetProperty(t => t.ProjectId, projectId), ct);
        }, ct);
    }

    private async Task ChangeAsync(Section section, UpdateTaskRequest patch, Func<Task> also, CancellationToken ct)
    {
        await writer.BeginAsync(user.Id, ct);
        await db.SaveChangesAsync(ct); // the section as it will be, which its tasks are held against
        foreach (var taskId in await db.TasksOf(user.Id).Where(t => t.SectionId == section.SectionId && t.DeletedAt == null).Select(t => t.TaskId).ToListAsync(ct))
            await commands.DoAsync(new BulkCommand { Verb = BulkVerb.Update, TaskId = taskId, Patch = patch }, ct);
        await also();
        writer.Tell(lists.Changed());
        await writer.CommitAsync(ct);
    }
}
