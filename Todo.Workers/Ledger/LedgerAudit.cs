using System.Globalization;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Todo.Contracts.Reminders;
using Todo.Contracts.Tasks;
using Todo.Workers.Reminders;
using Todo.Workers.Storage;

namespace Todo.Workers.Ledger;

/// <summary>One kind of gap that the audit looks for, what it found of it, and what it did about it.</summary>
internal sealed record Finding(string What, IReadOnlyList<Guid> Tasks, string Repair);

/// <summary>What an audit found. Missed means that a reminder's time passed and nobody was told.</summary>
internal sealed record AuditReport(IReadOnlyList<Finding> Findings, long Missed, long Duplicated)
{
    public bool IsClean => Missed == 0 && Duplicated == 0 && Findings.All(finding => finding.Tasks.Count == 0);

    public override string ToString() => string.Join('\n',
    [
        .. Findings.Select(finding => finding.Tasks.Count == 0
            ? $"ok      no {finding.What}"
            : string.Create(CultureInfo.InvariantCulture, $"found   {finding.Tasks.Count} {finding.What}: {finding.Repair} ({string.Join(", ", finding.Tasks.Take(5))}{(finding.Tasks.Count > 5 ? ", …" : "")})")),
        $"{(Missed == 0 ? "ok     " : "MISSED ")} {Missed} reminders missed",
        $"{(Duplicated == 0 ? "ok     " : "found  ")} {Duplicated} reminders fired more than once",
    ]);
}

/// <summary>Compares tasks, witness, sagas, timers and deliveries, and says again what somebody missed. Safe to run at any time, twice, or in two places.</summary>
/// <remarks>What is younger than the grace is on its way and no gap yet.</remarks>
internal sealed class LedgerAudit(
    WorkersDbContext db,
    ITopicProducer<Guid, RepublishTask> tasks,
    ITopicProducer<Guid, TaskRechecked> rechecks,
    ITopicProducer<Guid, ReminderTimeout> timeouts,
    ITopicProducer<Guid, ReminderDue> reminders,
    TimeProvider clock)
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    /// <summary>Shorter than anything is kept before it is swept, so that what was swept on purpose is never taken for lost.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(45);

    public async Task<AuditReport> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var young = now - Grace;
        List<Finding> findings =
        [
            new("tasks whose last fact was never heard", await SayTasksAgainAsync(young, now, ct), "asked the Api to say them again"),
            new("tasks without their saga, or ahead of it", await RecheckAsync(young, ct), "told the saga again"),
            new("sagas without their timer", await ReviveTimersAsync(young, ct), "woke the saga"),
            new("timers whose saga wants another or is gone", await StaleTimersAsync(young, ct), "left to come back to nobody, which ignores them"),
            new("reminders that fired and were not delivered", await SayRemindersAgainAsync(young, now, ct), "said them again"),
        ];
        await db.SaveChangesAsync(ct);
        return new AuditReport(
            findings,
            await CountAsync("select count(*) as \"Value\" from ops.reminder_ledger where missed", ct),
            await CountAsync("select count(*) as \"Value\" from ops.reminder_ledger where duplicated", ct));
    }

    // The Api publishes which version each task has; an Api that does not yet is no gap.
    private async Task<List<Guid>> SayTasksAgainAsync(DateTimeOffset young, DateTimeOffset now, CancellationToken ct)
    {
        if (await CountAsync("select count(*) as \"Value\" from pg_class where oid = to_regclass('ops.tasks')", ct) == 0)
            return [];

        var found = await db.Database.SqlQuery<Guid>($"""
            select t.task_id as "Value" from ops.tasks t
            left join audit.tasks w on w.task_id = t.task_id
            where t.updated_at < {young} and coalesce(w.version, 0) < t.version
              and (t.state = 'open' or t.updated_at > {now - Remembered})
            """).ToListAsync(ct);
        foreach (var task in found)
            await tasks.Produce(task, new RepublishTask(task, now), ct);
        return found;
    }

    private async Task<List<Guid>> RecheckAsync(DateTimeOffset young, CancellationToken ct)
    {
        var found = await db.WitnessedTasks.FromSql($"""
            select w.* from audit.tasks w
            left join sagas.reminders s on s.task_id = w.task_id
            where w.version > 0 and w.heard_at < {young} and coalesce(s.version, 0) < w.version
            """).AsNoTracking().ToListAsync(ct);
        foreach (var task in found)
        {
            var again = new TaskRechecked(task.TaskId, task.Task!.OwnerId, task.Task, task.ActorId, task.OccurredAt);
            await rechecks.Produce(task.TaskId, again, ct);
        }

        return found.ConvertAll(task => task.TaskId);
    }

    // Without a token the saga takes it whichever timer it waits for: it fires what is due and sets a new one.
    private async Task<List<Guid>> ReviveTimersAsync(DateTimeOffset young, CancellationToken ct)
    {
        var found = await db.Database.SqlQuery<Guid>($"""
            select s.task_id as "Value" from sagas.reminders s
            left join ops.timers t on t.token = s.timer_token
            where s.state = 'Watching' and t.token is null and s.updated_at < {young}
              and (s.timer_at < {young} or s.timer_at > {young + Grace})
            """).ToListAsync(ct);
        foreach (var task in found)
            await timeouts.Produce(task, new ReminderTimeout(task, clock.GetUtcNow()), ct);
        return found;
    }

    private Task<List<Guid>> StaleTimersAsync(DateTimeOffset young, CancellationToken ct) => db.Database.SqlQuery<Guid>($"""
        select t.saga_id as "Value" from ops.timers t
        left join sagas.reminders s on s.task_id = t.saga_id
        where t.consumer = 'reminders' and t.saga_id is not null and t.created_at < {young} and s.timer_token is distinct from t.token
        """).ToListAsync(ct);

    // Fired but undelivered, or fired by the saga and never heard: said again under the same moment, it is delivered once.
    private async Task<List<Guid>> SayRemindersAgainAsync(DateTimeOffset young, DateTimeOffset now, CancellationToken ct)
    {
        var found = await db.ReminderLedger.FromSql($"""
            select l.* from audit.reminder_ledger l
            where l.cancelled_at is null and l.expected_at < {young} and l.expected_at > {now - Remembered} and l.recorded_at < {young}
              and (l.fired_at is null or l.fired_at < {young})
              and not exists (select 1 from notify.deliveries d
                              where d.task_id = l.task_id and d.reminder_id = l.reminder_id and d.expected_at = l.expected_at)
              and (l.fired_at is not null or exists (
                    select 1 from sagas.reminders s, jsonb_array_elements(s.plan -> 'fired') f
                    where s.task_id = l.task_id and (f ->> 'reminderId')::uuid = l.reminder_id and (f ->> 'at')::timestamptz = l.expected_at))
            limit 10000
            """).AsNoTracking().ToListAsync(ct);
        foreach (var entry in found)
        {
            var title = (await db.WitnessedTasks.FindAsync([entry.TaskId], ct))?.Task?.Title ?? "";
            var due = new ReminderDue(entry.TaskId, entry.OwnerId, entry.ReminderId, title, entry.ExpectedAt, entry.FiredAt ?? now, Snoozed: entry.Snoozed);
            await reminders.Produce(entry.TaskId, due, ct);
        }

        return found.ConvertAll(entry => entry.TaskId);
    }

    private Task<long> CountAsync(string sql, CancellationToken ct) => db.Database.SqlQueryRaw<long>(sql).SingleAsync(ct);
}
