using MassTransit;
using Microsoft.EntityFrameworkCore;
using Todo.Api.Storage;
using Todo.Contracts.Recurrence;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

/// <summary>Makes the next task of a series when the series' saga asks, and takes it back. Asking twice changes nothing.</summary>
/// <remarks>
/// What the saga asks for may be overtaken by what people do: while the task before it is open, none follows; and one that
/// somebody has touched is taken back for no other reason.
/// </remarks>
internal sealed class OccurrenceConsumer(TaskWriter writer, TodoDbContext db, OneLiveOccurrence live, TimeProvider clock, ILogger<OccurrenceConsumer> log)
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
        if (previous is { State: TaskState.Open })
            log.OccurrenceIgnored(command.TaskId, command.SeriesId, "the task before it is open again");
        else if (known?.Revive(command, clock.Now()) is { } restored)
        {
            writer.Tell(restored);
            await ReviveAsync(known, wentAt, known.DueDate is { } due && wasDue is { } was ? due.DayNumber - was.DayNumber : 0, ct);
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
        var isUntouched = task is { IsUntouched: true } && parts.TrueForAll(part => part.IsUntouched);
        if (task is { State: TaskState.Open, DeletedAt: null } && task.SeriesId == command.SeriesId && (isUntouched || await FollowsAnOpenOneAsync(task, ct)))
            await live.TakeBackAsync(task, command.OwnerId, clock.Now(), ct);
        else
            log.OccurrenceIgnored(command.TaskId, command.SeriesId, "somebody has touched it, or it is gone");
        await writer.CommitAsync(ct);
    }

    private Task<bool> FollowsAnOpenOneAsync(TaskItem task, CancellationToken ct) => db.TasksOf(task.OwnerId).AnyAsync(
        t => t.SeriesId == task.SeriesId && t.Occurrence < task.Occurrence && t.State == TaskState.Open && t.DeletedAt == null, ct);

    private async Task FollowAsync(TaskItem previous, CreateOccurrence command, CancellationToken ct)
    {
        var now = clock.Now();
        var (task, created) = TaskItem.Follow(previous, command, await HomeOfAsync(previous, ct), now);
        writer.Add(task, created);

        var days = command.Due.Date.DayNumber - (previous.DueDate ?? command.Due.Date).DayNumber;
        var parents = new Dictionary<Guid, Guid> { [previous.TaskId] = task.TaskId };
        foreach (var part in await Descendants.OfAsync(db, previous, ct))
        {
            if (!ComesAgain(part, previous) || !parents.TryGetValue(part.ParentId!.Value, out var parentId))
                continue;
            if (part.Recurrence is not null) // has a series of its own, which goes on beneath the new one
            {
                if (part.IsLive)
                    writer.Tell(part.MoveUnder(parentId, now));
                continue;
            }

            var (copy, copied) = TaskItem.FollowWithin(part, DerivedId.From(task.TaskId, part.TaskId), parentId, days, now);
            parents[part.TaskId] = copy.TaskId;
            writer.Add(copy, copied);
        }
    }

    /// <summary>A repeating part of a repeating whole: its next one belongs to the whole's next one, where that is there already.</summary>
    private async Task<Guid?> HomeOfAsync(TaskItem previous, CancellationToken ct)
    {
        if (previous.ParentId is not { } parentId || await db.Tasks.FindAsync([parentId], ct) is not { IsLive: false } parent)
            return previous.ParentId;
        var whole = parent;
        while (whole is { SeriesId: null, ParentId: { } above })
            whole = await db.Tasks.FindAsync([above], ct);
        if (whole is not { SeriesId: { } series })
            return parentId;
        var next = await db.TasksOf(previous.OwnerId).SingleOrDefaultAsync(
            t => t.SeriesId == series && t.Occurrence == whole.Occurrence + 1 && t.State == TaskState.Open && t.DeletedAt == null, ct);
        var home = next is null || whole == parent ? next : await db.Tasks.FindAsync([DerivedId.From(next.TaskId, parentId)], ct);
        return home?.TaskId ?? parentId;
    }

    private async Task ReviveAsync(TaskItem task, DateTimeOffset? wentAt, int days, CancellationToken ct)
    {
        foreach (var part in await Descendants.OfAsync(db, task, ct))
        {
            if (part.DeletedAt is not null && part.DeletedAt == wentAt)
                writer.Tell(part.ReviveWithin(part.Recurrence is null ? days : 0, clock.Now()));
        }
    }

    /// <summary>What was thrown away stays away; so does what was put away, unless it was put away by skipping the whole.</summary>
    private static bool ComesAgain(TaskItem part, TaskItem whole) =>
        part.DeletedAt is null && (part.State != TaskState.Archived || whole.State == TaskState.Archived);
}
