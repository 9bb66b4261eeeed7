using Microsoft.EntityFrameworkCore;
using Todo.Contracts.Tasks;
using Todo.Workers.Reminders;
using Todo.Workers.Storage;

namespace Todo.Workers.Ledger;

/// <summary>The witness hears two topics at once, in no order between them: rows are locked first and written so that either may come first.</summary>
internal static class LedgerRows
{
    public static async Task<WitnessedTask> LockWitnessedTaskAsync(this WorkersDbContext db, Guid taskId, DateTimeOffset now, CancellationToken ct)
    {
        var plan = "{\"pending\":[],\"snoozes\":[],\"fired\":[]}";
        await db.Database.ExecuteSqlAsync($"""
            insert into audit.tasks (task_id, version, occurred_at, actor_id, plan, heard_at)
            values ({taskId}, 0, {now}, {Guid.Empty}, {plan}::jsonb, {now}) on conflict (task_id) do nothing
            """, ct);
        var witnessed = await db.WitnessedTasks.FromSql($"select * from audit.tasks where task_id = {taskId} for update").SingleAsync(ct);
        witnessed.HeardAt = now;
        return witnessed;
    }

    public static Task ExpectReminderAsync(
        this WorkersDbContext db, Guid taskId, Guid ownerId, PlannedReminder planned, DateTimeOffset now, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"""
            insert into audit.reminder_ledger (task_id, reminder_id, expected_at, owner_id, snoozed, recorded_at, fires)
            values ({taskId}, {planned.ReminderId}, {planned.At}, {ownerId}, {planned.Snoozed}, {now}, 0)
            on conflict (task_id, reminder_id, expected_at) do update set cancelled_at = null, cancelled_because = null
            """, ct);

    public static Task CancelReminderAsync(
        this WorkersDbContext db, Guid taskId, PlannedReminder planned, string why, DateTimeOffset now, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"""
            update audit.reminder_ledger set cancelled_at = {now}, cancelled_because = {why}
            where task_id = {taskId} and reminder_id = {planned.ReminderId} and expected_at = {planned.At} and fired_at is null
            """, ct);

    public static Task ReminderFiredAsync(
        this WorkersDbContext db, Guid taskId, Guid ownerId, PlannedReminder fired, DateTimeOffset firedAt, DateTimeOffset now, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"""
            insert into audit.reminder_ledger as entry (task_id, reminder_id, expected_at, owner_id, snoozed, recorded_at, fired_at, fires)
            values ({taskId}, {fired.ReminderId}, {fired.At}, {ownerId}, {fired.Snoozed}, {now}, {firedAt}, 1)
            on conflict (task_id, reminder_id, expected_at) do update
            set fired_at = coalesce(entry.fired_at, excluded.fired_at), fires = entry.fires + case when entry.fired_at = excluded.fired_at then 0 else 1 end, cancelled_at = null, cancelled_because = null
            """, ct);

    /// <summary>The task is no more, and nobody said so: nothing is expected of it any longer.</summary>
    public static async Task ForgetTaskAsync(this WorkersDbContext db, Guid taskId, DateTimeOffset now, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"""
            update audit.reminder_ledger set cancelled_at = {now}, cancelled_because = 'deleted'
            where task_id = {taskId} and fired_at is null and cancelled_at is null
            """, ct);
        await db.WitnessedTasks.Where(task => task.TaskId == taskId).ExecuteDeleteAsync(ct);
    }

    public static async Task KeepOccurrenceAsync(this WorkersDbContext db, ITaskFact fact, DateTimeOffset now, CancellationToken ct)
    {
        if (fact.Task is not { SeriesId: { } series, Occurrence: { } occurrence } task)
            return;

        var entry = await db.RecurrenceLedger.FindAsync([series, occurrence], ct);
        if (entry is null)
            db.RecurrenceLedger.Add(entry = new OccurrenceEntry { SeriesId = series, Occurrence = occurrence, SlotDate = task.Due?.Date, CameAt = now });
        (entry.TaskId, entry.OwnerId, entry.RecordedAt) = (task.TaskId, task.OwnerId, now);
        (entry.DueDate, entry.DueTime, entry.DueZone) = (task.Due?.Date, task.Due?.Time, task.Due?.Zone);
        entry.Rule = task.Recurrence?.Rule ?? entry.Rule;
        var outcome = OutcomeOf(fact) ?? (entry.Outcome == "skipped" && task.State != TaskState.Open ? entry.Outcome : OutcomeOf(task));
        if (outcome != entry.Outcome)
            (entry.ClosedAt, entry.ClosedBy) = outcome == "open" ? ((DateTimeOffset?)null, (Guid?)null) : (fact.OccurredAt.ToUniversalTime(), fact.ActorId);
        entry.Outcome = outcome;
    }

    private static string? OutcomeOf(ITaskFact fact) => fact is OccurrenceSkipped ? "skipped" : null;

    private static string OutcomeOf(TaskView task) => task switch
    {
        { DeletedAt: not null } => "deleted",
        { State: TaskState.Completed } => "completed",
        { State: TaskState.Archived } => "archived",
        _ => "open",
    };
}
