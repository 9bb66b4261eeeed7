using MassTransit;
using Microsoft.EntityFrameworkCore;
using Todo.Contracts.Reminders;
using Todo.Workers.Reminders;
using Todo.Workers.Storage;

namespace Todo.Workers.Ledger;

/// <summary>Where witness, reminder sagas, timers and deliveries differ.</summary>
internal sealed class ReminderGaps(
    WorkersDbContext db,
    ITopicProducer<Guid, TaskRechecked> rechecks,
    ITopicProducer<Guid, ReminderTimeout> timeouts,
    ITopicProducer<Guid, ReminderDue> reminders)
{
    public async Task<List<Guid>> RecheckAsync(AuditScope scope, CancellationToken ct)
    {
        var found = await db.WitnessedTasks.FromSql($"""
            select w.* from audit.tasks w
            left join sagas.reminders s on s.task_id = w.task_id
            where w.version > 0 and w.heard_at < {scope.Young} and coalesce(s.version, 0) < w.version
            """).AsNoTracking().ToListAsync(ct);
        foreach (var task in found)
        {
            var again = new TaskRechecked(task.TaskId, task.Task!.OwnerId, task.Task, task.ActorId, task.OccurredAt);
            await rechecks.Produce(task.TaskId, again, ct);
        }

        return found.ConvertAll(task => task.TaskId);
    }

    /// <summary>Without a token the saga takes the timeout whichever timer it waits for: it fires what is due and sets a new one.</summary>
    public async Task<List<Guid>> ReviveTimersAsync(AuditScope scope, CancellationToken ct)
    {
        var found = await db.Database.SqlQuery<Guid>($"""
            select s.task_id as "Value" from sagas.reminders s
            left join ops.timers t on t.token = s.timer_token
            where s.state = 'Watching' and t.token is null and s.updated_at < {scope.Young}
              and (s.timer_at < {scope.Young} or s.timer_at > {scope.Now})
            """).ToListAsync(ct);
        foreach (var task in found)
            await timeouts.Produce(task, new ReminderTimeout(task, scope.Now), ct);
        return found;
    }

    /// <summary>They would come back to nobody, which does no harm; but one that is set for next year would be found until then.</summary>
    public Task<List<Guid>> CancelStaleTimersAsync(AuditScope scope, CancellationToken ct) => db.Database.SqlQuery<Guid>($"""
        delete from bus.timers t using bus.timers mine
        left join sagas.reminders s on s.task_id = mine.saga_id
        where t.token = mine.token and mine.consumer = 'reminders' and mine.saga_id is not null and mine.created_at < {scope.Young}
          and s.timer_token is distinct from mine.token
        returning t.saga_id as "Value"
        """).ToListAsync(ct);

    /// <summary>Fired but undelivered, or fired by the saga and never heard: said again under the same moment, it is delivered once.</summary>
    /// <remarks>What a saga said just now is on its way, however long ago it was due: after a downtime all of it is of that kind.</remarks>
    public async Task<List<Guid>> SayAgainAsync(AuditScope scope, CancellationToken ct)
    {
        var found = await db.ReminderLedger.FromSql($"""
            select l.* from audit.reminder_ledger l
            where l.cancelled_at is null and l.expected_at < {scope.Young} and l.expected_at > {scope.Old} and l.recorded_at < {scope.Young}
              and (l.fired_at is null or l.fired_at < {scope.Young})
              and not exists (select 1 from notify.deliveries d
                              where d.task_id = l.task_id and d.reminder_id = l.reminder_id and d.expected_at = l.expected_at)
              and (l.fired_at is not null or exists (
                    select 1 from sagas.reminders s, jsonb_array_elements(s.plan -> 'fired') f
                    where s.task_id = l.task_id and s.updated_at < {scope.Young} and (f ->> 'reminderId')::uuid = l.reminder_id and (f ->> 'at')::timestamptz = l.expected_at))
            limit 10000
            """).AsNoTracking().ToListAsync(ct);
        foreach (var entry in found)
        {
            var title = (await db.WitnessedTasks.FindAsync([entry.TaskId], ct))?.Task?.Title ?? "";
            var due = new ReminderDue(entry.TaskId, entry.OwnerId, entry.ReminderId, title, entry.ExpectedAt, entry.FiredAt ?? scope.Now, Snoozed: entry.Snoozed);
            await reminders.Produce(entry.TaskId, due, ct);
        }

        return found.ConvertAll(entry => entry.TaskId);
    }
}
