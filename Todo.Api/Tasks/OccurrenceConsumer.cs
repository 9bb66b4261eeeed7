using MassTransit;
using Todo.Api.Storage;
using Todo.Contracts.Recurrence;
using Todo.Contracts.Tasks;

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
        var (wentAt, wasDue) = (known?.DeletedAt, known?.DueDate);
        if (known?.Revive(command, clock.Now()) is { } restored)
        {
            writer.Tell(restored);
            await ReviveAsync(known, wentAt, command.Due.Date.DayNumber - (wasDue ?? command.Due.Date).DayNumber, ct);
        }
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
        var parts = task is null ? [] : await Descendants.OfAsync(db, task, ct);
        if (task is { IsUntouched: true } && task.SeriesId == command.SeriesId && parts.TrueForAll(part => part.IsUntouched))
        {
            var now = clock.Now(); // one moment for all: what went together comes back together
            foreach (var gone in parts.Append(task))
            {
                if (gone.Delete(command.OwnerId, now) is { } deleted)
                    writer.Tell(deleted);
            }
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

        var days = command.Due.Date.DayNumber - (previous.DueDate ?? command.Due.Date).DayNumber;
        var parents = new Dictionary<Guid, Guid> { [previous.TaskId] = task.TaskId };
        foreach (var part in await Descendants.OfAsync(db, previous, ct))
        {
            if (!ComesAgain(part, previous) || !parents.TryGetValue(part.ParentId!.Value, out var parentId))
                continue;
            var (copy, copied) = TaskItem.FollowWithin(part, DerivedId.From(task.TaskId, part.TaskId), parentId, days, now);
            parents[part.TaskId] = copy.TaskId;
            writer.Add(copy, copied);
        }
    }

    private async Task ReviveAsync(TaskItem task, DateTimeOffset? wentAt, int days, CancellationToken ct)
    {
        foreach (var part in await Descendants.OfAsync(db, task, ct))
        {
            if (part.DeletedAt is not null && part.DeletedAt == wentAt)
                writer.Tell(part.ReviveWithin(days, clock.Now()));
        }
    }

    /// <summary>What was thrown away stays away; so does what was put away, unless it was put away by skipping the whole.</summary>
    private static bool ComesAgain(TaskItem part, TaskItem whole) =>
        part.DeletedAt is null && (part.State != TaskState.Archived || whole.State == TaskState.Archived);
}
