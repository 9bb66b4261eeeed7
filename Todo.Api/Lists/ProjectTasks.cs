using Microsoft.EntityFrameworkCore;
using Todo.Api.Identity;
using Todo.Api.Storage;
using Todo.Api.Tasks;
using Todo.Contracts.Lists;
using Todo.Contracts.Tasks;

namespace Todo.Api.Lists;

/// <summary>What happens to a project and its tasks together.</summary>
/// <remarks>
/// Up to a batch of tasks all of it is one transaction. Of larger projects the tasks go batch by batch before, so that nobody is
/// locked out for long, and the project changes with the last one: whoever was cut off finds it as it was, asks again and goes on.
/// </remarks>
internal sealed class ProjectTasks(TodoDbContext db, TaskWriter writer, ListAccess lists, CurrentUser user, TimeProvider clock)
{
    private const int Batch = 1000;

    /// <summary>Puts the open tasks away with the project, or brings back those that went with it.</summary>
    public Task ArchiveAsync(Guid projectId, ProjectRequest request, CancellationToken ct)
    {
        var now = clock.Now();
        return request.Archived == true
            ? EachAsync(tasks => tasks.Where(t => t.ProjectId == projectId && t.State == TaskState.Open && t.DeletedAt == null), task => task.Archive(user.Id, now), () => TakeAsync(now), ct)
            : EachAsync(
                tasks => tasks.Where(t => t.ProjectId == projectId && t.State == TaskState.Archived && t.DeletedAt == null
                    && t.UpdatedAt == lists.Projects.Where(p => p.ProjectId == projectId).Select(p => p.ArchivedAt).FirstOrDefault()),
                task => task.Reopen(user.Id, now), () => TakeAsync(null), ct);

        async Task TakeAsync(DateTimeOffset? archivedAt)
        {
            var project = await lists.Projects.SingleAsync(p => p.ProjectId == projectId, ct);
            project.Take(request);
            project.ArchivedAt = archivedAt;
        }
    }

    /// <summary>Puts all tasks into the trash; restored, they lie in the inbox. Projects in it move up.</summary>
    public Task DeleteAsync(Guid projectId, CancellationToken ct)
    {
        var now = clock.Now();
        return EachAsync(tasks => tasks.Where(t => t.ProjectId == projectId && t.DeletedAt == null), task => task.Delete(user.Id, now), async () =>
        {
            await db.TasksOf(user.Id).Where(t => t.ProjectId == projectId)
                .ExecuteUpdateAsync(set => set.SetProperty(t => t.ProjectId, (Guid?)null).SetProperty(t => t.SectionId, (Guid?)null), ct);
            var above = await lists.Projects.Where(p => p.ProjectId == projectId).Select(p => p.ParentId).FirstOrDefaultAsync(ct);
            await lists.Projects.Where(p => p.ParentId == projectId).ExecuteUpdateAsync(set => set.SetProperty(p => p.ParentId, above), ct);
            await lists.Sections.Where(s => s.ProjectId == projectId).ExecuteDeleteAsync(ct);
            await lists.Projects.Where(p => p.ProjectId == projectId).ExecuteDeleteAsync(ct);
            await lists.ForgetViewAsync(ListPlace.OfProject(projectId), ct);
        }, ct);
    }

    private async Task EachAsync(Func<IQueryable<TaskItem>, IQueryable<TaskItem>> which, Func<TaskItem, ITaskFact?> change, Func<Task> last, CancellationToken ct)
    {
        for (var count = Batch; count == Batch;)
        {
            db.ChangeTracker.Clear();
            await writer.BeginAsync(user.Id, ct);
            var tasks = await which(db.TasksOf(user.Id)).OrderBy(t => t.TaskId).Take(Batch).ToListAsync(ct);
            foreach (var fact in tasks.Select(change).OfType<ITaskFact>())
                writer.Tell(fact);
            count = tasks.Count;
            if (count < Batch)
            {
                await last();
                writer.Tell(lists.Changed());
            }

            await writer.CommitAsync(ct);
        }
    }
}
