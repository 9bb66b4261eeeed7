using MassTransit;
using Microsoft.EntityFrameworkCore;
using Todo.Api.Storage;
using Todo.Contracts.Recurrence;

namespace Todo.Api.Tasks;

/// <summary>Makes the next task of a series when the series' saga asks, and takes back one that nobody touched. Asking twice changes nothing.</summary>
internal sealed class OccurrenceConsumer(TaskWriter writer, TodoDbContext db, TimeProvider clock, ILogger<OccurrenceConsumer> log)
    : IConsumer<CreateOccurrence>, IConsumer<WithdrawOccurrence>
{
    public async Task Consume(ConsumeContext<CreateOccurrence> context)
    {
        var command = context.Message;
        var ct = context.CancellationToken;
        await writer.BeginAsync(command.OwnerId, ct);
        var previous = await writer.FindAsync(command.PreviousTaskId, ct);
        var known = await db.Tasks.FindAsync([command.TaskId], ct);
        if (known?.Revive(command, clock.Now()) is { } restored)
            writer.Tell(restored);
        else if (known is not null || previous is null)
            log.OccurrenceIgnored(command.TaskId, command.SeriesId, known is not null ? "it exists" : "the task before it is gone");
        else
            await FollowAsync(previous, command, ct);
        await writer.CommitAsync(ct);
    }

    public async Task Consume(ConsumeContext<WithdrawOccurrence> context)
    {
        var command = context.Message;
        var ct = context.CancellationToken;
        await writer.BeginAsync(command.OwnerId, ct);
        var task = await writer.FindAsync(command.TaskId, ct);
        if (task is { IsUntouched: true } && task.SeriesId == command.SeriesId)
        {
            foreach (var child in await db.TasksOf(command.OwnerId).Where(t => t.ParentId == task.TaskId).ToListAsync(ct))
                TellDeleted(child, command.OwnerId);
            TellDeleted(task, command.OwnerId);
        }
        else
        {
            log.OccurrenceIgnored(command.TaskId, command.SeriesId, "somebody has touched it, or it is gone");
        }

        await writer.CommitAsync(ct);
    }

    private async Task FollowAsync(TaskItem previous, CreateOccurrence command, CancellationToken ct)
    {
        var now = clock.Now();
        var (task, created) = TaskItem.Follow(previous, command, now);
        writer.Add(task, created);

        foreach (var child in await Descendants.OfAsync(db, previous, ct))
        {
            var parentId = child.ParentId == previous.TaskId ? task.TaskId : DerivedId.From(task.TaskId, child.ParentId!.Value);
            var (copy, copied) = TaskItem.FollowWithin(child, DerivedId.From(task.TaskId, child.TaskId), parentId, now);
            writer.Add(copy, copied);
        }
    }

    private void TellDeleted(TaskItem task, Guid actorId)
    {
        if (task.Delete(actorId, clock.Now()) is { } deleted)
            writer.Tell(deleted);
    }
}
