using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Todo.Workers.Storage.Migrations
{
    /// <summary>What people see with psql.</summary>
    public partial class OpsViews : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql("""
                create schema if not exists ops;

                create view ops.sagas as
                select 'reminder'                  as kind,
                       s.task_id                   as saga_id,
                       s.state,
                       s.owner_id,
                       s.title                     as about,
                       s.timer_at                  as waits_until,
                       s.timer_token               as timer,
                       s.version,
                       s.plan                      as details,
                       s.updated_at
                from sagas.reminders s
                union all
                select 'recurrence',
                       r.series_id,
                       r.state,
                       r.owner_id,
                       r.rule,
                       null,
                       null,
                       r.occurrence,
                       jsonb_build_object('mode', r.mode, 'anchor', r.anchor, 'time', r.time, 'zone', r.time_zone,
                                          'live', r.live, 'previous', r.previous, 'endedBecause', r.ended_because),
                       r.updated_at
                from sagas.recurrences r;
                comment on view ops.sagas is 'Every saga: one a task that has or had reminders, one a series of repeating tasks.';
                comment on column ops.sagas.kind is 'reminder or recurrence.';
                comment on column ops.sagas.saga_id is 'The task id of a reminder saga, the series id of a recurrence saga.';
                comment on column ops.sagas.state is 'reminder: Watching = a timer waits, Resting = nothing to come, Closed = the task is done or gone. recurrence: Running, Suspended = the live task is in the trash or put away, Ended.';
                comment on column ops.sagas.owner_id is 'Whose it is.';
                comment on column ops.sagas.about is 'The title of the task, or the rule of the series.';
                comment on column ops.sagas.waits_until is 'When the earliest reminder is to fire.';
                comment on column ops.sagas.timer is 'The token of the timer in ops.timers.';
                comment on column ops.sagas.version is 'The version of the task that the saga knows, or the number of the live occurrence.';
                comment on column ops.sagas.details is 'What is pending, snoozed and fired of late; or the live and the previous occurrence.';
                comment on column ops.sagas.updated_at is 'When it last changed.';

                create view ops.reminder_ledger as
                select l.task_id,
                       l.reminder_id,
                       l.owner_id,
                       t.task ->> 'title'          as title,
                       case when l.fired_at is not null then 'fired'
                            when l.cancelled_at is not null then 'cancelled'
                            when l.expected_at < now() - interval '2 minutes' then 'missed'
                            else 'pending' end     as state,
                       l.expected_at,
                       l.fired_at,
                       l.fired_at - l.expected_at  as late_by,
                       d.delivered_at,
                       d.channels,
                       l.snoozed,
                       l.fires,
                       l.fired_at is null and l.cancelled_at is null and l.expected_at < now() - interval '2 minutes' as missed,
                       l.fires > 1                 as duplicated,
                       l.cancelled_at,
                       l.cancelled_because,
                       l.recorded_at
                from audit.reminder_ledger l
                left join audit.tasks t on t.task_id = l.task_id
                left join lateral (
                    select min(n.delivered_at) as delivered_at, jsonb_object_agg(n.channel, lower(n.state)) as channels
                    from notify.deliveries n
                    where n.task_id = l.task_id and n.reminder_id = l.reminder_id and n.expected_at = l.expected_at
                ) d on true;
                comment on view ops.reminder_ledger is 'Every moment at which a reminder was to fire, and what came of it. Written by a witness that hears the facts apart from the sagas. select count(*) where missed, and where duplicated, must be 0.';
                comment on column ops.reminder_ledger.task_id is 'The task.';
                comment on column ops.reminder_ledger.reminder_id is 'The reminder; it keeps its id from occurrence to occurrence.';
                comment on column ops.reminder_ledger.owner_id is 'Whom it was to remind.';
                comment on column ops.reminder_ledger.title is 'The title of the task as last heard.';
                comment on column ops.reminder_ledger.state is 'pending, fired, cancelled, or missed.';
                comment on column ops.reminder_ledger.expected_at is 'When it was to fire.';
                comment on column ops.reminder_ledger.fired_at is 'When it did.';
                comment on column ops.reminder_ledger.late_by is 'How much later than expected it fired.';
                comment on column ops.reminder_ledger.delivered_at is 'When the first channel had it.';
                comment on column ops.reminder_ledger.channels is 'What became of it, by channel.';
                comment on column ops.reminder_ledger.snoozed is 'True when a snooze brought it back.';
                comment on column ops.reminder_ledger.fires is 'How often it fired.';
                comment on column ops.reminder_ledger.missed is 'True when its time passed by two minutes and it neither fired nor was cancelled.';
                comment on column ops.reminder_ledger.duplicated is 'True when it fired more than once; deliveries are still made once.';
                comment on column ops.reminder_ledger.cancelled_at is 'When it was cancelled.';
                comment on column ops.reminder_ledger.cancelled_because is 'Why: edited, completed, skipped, archived, deleted, snoozed again.';
                comment on column ops.reminder_ledger.recorded_at is 'When the witness first heard of it.';

                create view ops.recurrence_ledger as
                select l.series_id,
                       l.occurrence,
                       l.task_id,
                       l.owner_id,
                       t.task ->> 'title'          as title,
                       l.rule,
                       l.due_date,
                       l.due_time,
                       l.due_zone,
                       l.outcome,
                       l.closed_at,
                       l.closed_by,
                       s.state                     as series_state,
                       s.ended_because,
                       l.recorded_at
                from audit.recurrence_ledger l
                left join audit.tasks t on t.task_id = l.task_id
                left join sagas.recurrences s on s.series_id = l.series_id;
                comment on view ops.recurrence_ledger is 'Every occurrence of every repeating task: when it was due and what became of it.';
                comment on column ops.recurrence_ledger.series_id is 'The series: the id of its first task.';
                comment on column ops.recurrence_ledger.occurrence is 'Which one, from 1.';
                comment on column ops.recurrence_ledger.task_id is 'Its task.';
                comment on column ops.recurrence_ledger.owner_id is 'Whose it is.';
                comment on column ops.recurrence_ledger.title is 'The title of the task as last heard.';
                comment on column ops.recurrence_ledger.rule is 'The rule as of this occurrence.';
                comment on column ops.recurrence_ledger.due_date is 'The day it is or was due.';
                comment on column ops.recurrence_ledger.due_time is 'The time of day; empty = the whole day.';
                comment on column ops.recurrence_ledger.due_zone is 'The zone of that time; empty = wherever the owner is.';
                comment on column ops.recurrence_ledger.outcome is 'open, completed, skipped, archived or deleted.';
                comment on column ops.recurrence_ledger.closed_at is 'When it was closed.';
                comment on column ops.recurrence_ledger.closed_by is 'Who closed it.';
                comment on column ops.recurrence_ledger.series_state is 'Where the series stands now.';
                comment on column ops.recurrence_ledger.ended_because is 'Why the series is over, where it is.';
                comment on column ops.recurrence_ledger.recorded_at is 'When this was last heard of.';

                create view ops.notifications as
                select n.delivery_id,
                       n.notification_id,
                       n.user_id,
                       n.channel,
                       n.kind,
                       lower(n.state)              as state,
                       n.task_id,
                       n.reminder_id,
                       n.title,
                       n.expected_at,
                       n.delivered_at,
                       n.delivered_at - n.expected_at as late_by,
                       n.urgent,
                       n.attempts,
                       n.next_attempt_at,
                       n.last_error,
                       n.summary_id,
                       n.created_at
                from notify.deliveries n;
                comment on view ops.notifications is 'Every delivery: one row for a reminder, its moment, a user and a channel, for ever.';
                comment on column ops.notifications.delivery_id is 'Derived from reminder, moment, user and channel.';
                comment on column ops.notifications.notification_id is 'The entry under the bell.';
                comment on column ops.notifications.user_id is 'Whom it is for.';
                comment on column ops.notifications.channel is 'in-app, email or webhook.';
                comment on column ops.notifications.kind is 'reminder, reminders-missed (a summary after a long downtime), digest or test.';
                comment on column ops.notifications.state is 'waiting, held (quiet hours), missed (about to be counted into a summary), sending, delivered, folded (counted into a summary), failed (given up).';
                comment on column ops.notifications.task_id is 'The task.';
                comment on column ops.notifications.reminder_id is 'The reminder.';
                comment on column ops.notifications.title is 'What it says.';
                comment on column ops.notifications.expected_at is 'When the reminder was to fire.';
                comment on column ops.notifications.delivered_at is 'When it was delivered.';
                comment on column ops.notifications.late_by is 'How much later than expected.';
                comment on column ops.notifications.urgent is 'True when it may pass quiet hours.';
                comment on column ops.notifications.attempts is 'How often it was tried.';
                comment on column ops.notifications.next_attempt_at is 'When it is tried next; empty once it is over.';
                comment on column ops.notifications.last_error is 'What went wrong last.';
                comment on column ops.notifications.summary_id is 'The summary it was counted into.';
                comment on column ops.notifications.created_at is 'When the reminder was heard of.';

                create view ops.audit as
                select audit_id, message_id, type, task_id, owner_id, actor_id, occurred_at, recorded_at, correlation_id, topic, partition, "offset", payload
                from audit.entries;
                comment on view ops.audit is 'Every fact on task-events, reminders and notifications, as it came, in the order it was recorded.';
                comment on column ops.audit.audit_id is 'Order of recording.';
                comment on column ops.audit.message_id is 'The event id; one entry each.';
                comment on column ops.audit.type is 'The event type.';
                comment on column ops.audit.task_id is 'The task it is about.';
                comment on column ops.audit.owner_id is 'Whose task or notification it is.';
                comment on column ops.audit.actor_id is 'Who caused it, where somebody did.';
                comment on column ops.audit.occurred_at is 'When it became true.';
                comment on column ops.audit.recorded_at is 'When it was written here.';
                comment on column ops.audit.correlation_id is 'What it belongs together with.';
                comment on column ops.audit.topic is 'Where it came from.';
                comment on column ops.audit.partition is 'Where it was on its topic.';
                comment on column ops.audit."offset" is 'Where it was on its topic.';
                comment on column ops.audit.payload is 'The event''s data as it came.';
                """);

        protected override void Down(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql("drop view ops.audit, ops.notifications, ops.recurrence_ledger, ops.reminder_ledger, ops.sagas");
    }
}
