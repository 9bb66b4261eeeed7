using Microsoft.EntityFrameworkCore;
using Todo.Api.Storage;
using Todo.Api.Tasks;
using Todo.Contracts.Tasks;

namespace Todo.Api.Settings;

/// <summary>When somebody's days run differently, their open tasks that remind or repeat say so: reminders move, and the next occurrence is counted by the new days.</summary>
internal sealed class MoveTasks(TodoDbContext db, TaskWriter writer, TimeProvider clock)
{
    private const int Batch = 200;

    public async Task ToAsync(Whereabouts where, Guid userId, CancellationToken ct)
    {
        int moved;
        do
        {
            db.ChangeTracker.Clear();
            await writer.BeginAsync(userId, ct);
            var tasks = await Waiting(where, userId).Take(Batch).ToListAsync(ct);
            foreach (var task in tasks)
            {
                if (task.MoveTo(where, clock.Now()) is { } fact)
                    writer.Tell(fact);
            }

            await writer.CommitAsync(ct);
            moved = tasks.Count;
        }
        while (moved == Batch);
    }

    private IQueryable<TaskItem> Waiting(Whereabouts where, Guid userId) => db.TasksOf(userId)
        .Where(t => t.State == TaskState.Open && t.DeletedAt == null)
        .Where(t => t.Zone != where.Zone || t.AllDayTime != where.AllDayTime)
        .Where(t => t.Recurrence != null || EF.Property<bool>(t, TaskItemMap.HasReminders))
        .OrderBy(t => t.TaskId);
}
