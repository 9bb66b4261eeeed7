using Microsoft.EntityFrameworkCore;
using Todo.Api.Storage;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

/// <summary>
/// A series has one live task. An occurrence that comes back sends the one after it away, with all that was done to it: that
/// waits in the trash and comes again when this one is closed. Where the one after it is closed already, it cannot come back.
/// </summary>
internal sealed class OneLiveOccurrence(TodoDbContext db, TaskWriter writer)
{
    private const int Looked = 100; // who reopens one that lies further back meets one that is closed among these

    /// <summary>To be called before the task is opened or restored, with the owner's lock held. Throws where it may not be.</summary>
    public async Task MakeRoomForAsync(TaskItem task, Guid actorId, DateTimeOffset now, CancellationToken ct)
    {
        if (task is not { SeriesId: { } series, Occurrence: { } mine })
            return;
        await db.TasksOf(task.OwnerId)
            .Where(t => t.SeriesId == series && (t.Occurrence > mine || t.State == TaskState.Open))
            .OrderBy(t => t.Occurrence).Take(Looked).LoadAsync(ct);

        // Those this transaction has changed already stand as it changed them, so the rows in memory are asked.
        var others = db.Tasks.Local.Where(t => t.OwnerId == task.OwnerId && t.SeriesId == series && t != task && t.DeletedAt is null).ToList();
        if (others.Exists(t => t.Occurrence > mine && t.State != TaskState.Open))
            throw new RuleBreachException("It has come again since, and that one is closed too: reopen the latest one first.");
        if (others.Exists(t => t.Occurrence < mine && t.State == TaskState.Open))
            throw new RuleBreachException("The one before it is open again; this one comes back by itself when that is closed.");
        foreach (var next in others.Where(t => t.Occurrence > mine))
            await TakeBackAsync(next, actorId, now, ct);
    }

    /// <summary>Sends an occurrence and its parts to the trash: at one moment, so that they come back together.</summary>
    public async Task TakeBackAsync(TaskItem occurrence, Guid actorId, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var gone in (await Descendants.OfAsync(db, occurrence, ct)).Append(occurrence))
        {
            if (gone.TakeBack(actorId, now) is { } deleted)
                writer.TellAside(deleted);
        }
    }
}
