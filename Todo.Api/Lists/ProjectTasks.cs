using Microsoft.EntityFrameworkCore;
using Todo.Api.Identity;
using Todo.Api.Storage;
using Todo.Api.Tasks;
using Todo.Contracts.Tasks;

namespace Todo.Api.Lists;

/// <summary>What happens to the tasks of a project when something happens to it. In batches, so that a large project locks nobody out.</summary>
internal sealed class ProjectTasks(TodoDbContext db, TaskWriter writer, CurrentUser user, TimeProvider clock)
{
    private const int Batch = 200;

    /// <summary>Puts the open tasks away with the project, or brings back those that went with it.</summary>
    public async Task ArchiveAsync(Project project, bool archive, CancellationToken ct)
    {
        var (projectId, now) = (project.ProjectId, clock.Now());
        var wentAt = project.ArchivedAt;
        await EachAsync(
            tasks => archive
                ? tasks.Where(t => t.ProjectId == projectId && t.State == TaskState.Open && t.DeletedAt == null)
                : tasks.Where(t => t.ProjectId == projectId && t.State == TaskState.Archived && t.DeletedAt == null && t.UpdatedAt == wentAt),
            task => archive ? task.Archive(user.Id, now) : task.Reopen(user.Id, now),
            ct);
        project.ArchivedAt = archive ? now : null;
        await db.Projects.Where(p => p.ProjectId == projectId).ExecuteUpdateAsync(set => set.SetProperty(p => p.ArchivedAt, archive ? now : null), ct);
    }

    /// <summary>Puts all tasks into the trash; restored, they lie in the inbox.</summary>
    public async Task DeleteAsync(Guid projectId, CancellationToken ct)
    {
        var now = clock.Now();
        await EachAsync(tasks => tasks.Where(t => t.ProjectId == projectId && t.DeletedAt == null), task => task.Delete(user.Id, now), ct);
        await db.TasksOf(user.Id).Where(t => t.ProjectId == projectId)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.ProjectId, (Guid?)null).SetProperty(t => t.SectionId, (Guid?)null), ct);
    }

    private async Task EachAsync(Func<IQueryable<TaskItem>, IQueryable<TaskItem>> which, Func<TaskItem, ITaskFact?> change, CancellationToken ct)
    {
        int count;
        do
        {
            db.ChangeTracker.Clear();
            await writer.BeginAsync(user.Id, ct);
            var tasks = await which(db.TasksOf(user.Id)).OrderBy(t => t.TaskId).Take(Batch).ToListAsync(ct);
            foreach (var fact in tasks.Select(change).OfType<ITaskFact>())
                writer.Tell(fact);
            await writer.CommitAsync(ct);
            count = tasks.Count;
        }
        while (count == Batch);
    }
}
