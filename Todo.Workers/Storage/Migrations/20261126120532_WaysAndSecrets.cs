using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Todo.Workers.Storage.Migrations
{
    /// <summary>Rotated webhook secrets, and a recurrence ledger that can tell what never came.</summary>
    public partial class WaysAndSecrets : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "came_at",
                schema: "audit",
                table: "recurrence_ledger",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.AddColumn<DateOnly>(
                name: "slot_date",
                schema: "audit",
                table: "recurrence_ledger",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "webhook_generation",
                schema: "notify",
                table: "recipients",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "webhook_rotated_at",
                schema: "notify",
                table: "recipients",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.Sql("""
                update audit.recurrence_ledger set came_at = recorded_at, slot_date = due_date;
                create index ix_tasks_series on audit.tasks ((task ->> 'seriesId')) where task ->> 'seriesId' is not null;

                drop view ops.recurrence_ledger;
                create view ops.recurrence_ledger as
                select l.series_id,
                       l.occurrence,
                       l.task_id,
                       l.owner_id,
                       t.task ->> 'title'          as title,
                       l.rule,
                       l.slot_date,
                       l.due_date,
                       l.due_time,
                       l.due_zone,
                       l.came_at,
                       l.came_at - before.closed_at as late_by,
                       l.outcome,
                       l.closed_at,
                       l.closed_by,
                       coalesce(s.state, 'Running') = 'Running' and l.outcome in ('completed', 'skipped') and after.series_id is null
                         and l.recorded_at < now() - interval '2 minutes' as missed,
                       s.state                     as series_state,
                       s.ended_because,
                       l.recorded_at
                from audit.recurrence_ledger l
                left join audit.tasks t on t.task_id = l.task_id
                left join sagas.recurrences s on s.series_id = l.series_id
                left join audit.recurrence_ledger before on before.series_id = l.series_id and before.occurrence = l.occurrence - 1
                left join audit.recurrence_ledger after on after.series_id = l.series_id and after.occurrence = l.occurrence + 1;
                comment on view ops.recurrence_ledger is 'Every occurrence of every repeating task: when it was due and what became of it. select count(*) where missed must be 0.';
                comment on column ops.recurrence_ledger.series_id is 'The series: the id of its first task.';
                comment on column ops.recurrence_ledger.occurrence is 'Which one, from 1.';
                comment on column ops.recurrence_ledger.task_id is 'Its task.';
                comment on column ops.recurrence_ledger.owner_id is 'Whose it is.';
                comment on column ops.recurrence_ledger.title is 'The title of the task as last heard.';
                comment on column ops.recurrence_ledger.rule is 'The rule as of this occurrence.';
                comment on column ops.recurrence_ledger.slot_date is 'The day it came with; another due_date means that it was moved.';
                comment on column ops.recurrence_ledger.due_date is 'The day it is or was due.';
                comment on column ops.recurrence_ledger.due_time is 'The time of day; empty = the whole day.';
                comment on column ops.recurrence_ledger.due_zone is 'The zone of that time; empty = wherever the owner is.';
                comment on column ops.recurrence_ledger.came_at is 'When it was first heard of.';
                comment on column ops.recurrence_ledger.late_by is 'How long after the one before was closed it came.';
                comment on column ops.recurrence_ledger.outcome is 'open, completed, skipped, archived or deleted (taken back by an undo, too).';
                comment on column ops.recurrence_ledger.closed_at is 'When it was closed.';
                comment on column ops.recurrence_ledger.closed_by is 'Who closed it.';
                comment on column ops.recurrence_ledger.missed is 'True when it was closed, its series goes on, and after two minutes the next one has not come.';
                comment on column ops.recurrence_ledger.series_state is 'Where the series stands now.';
                comment on column ops.recurrence_ledger.ended_because is 'Why the series is over, where it is.';
                comment on column ops.recurrence_ledger.recorded_at is 'When this was last heard of.';

                comment on column ops.sagas.state is 'reminder: Watching = a timer waits, Resting = nothing to come, Closed = the task is done or gone. recurrence: Running, Paused = closing the live task brings no next one, Suspended = the live task is in the trash or put away, Ended.';
                comment on column ops.notifications.kind is 'reminder, reminders-missed (a summary after a long downtime), digest, test, or delivery-failed (the user is told that another channel does not reach them).';
                comment on column ops.notifications.state is 'waiting, held (quiet hours), missed (about to be counted into a summary), sending, delivered, folded (counted into a summary), failed (given up), withdrawn (the task was closed, or the channel switched off, before it went).';
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                drop index audit.ix_tasks_series;
                drop view ops.recurrence_ledger;
                create view ops.recurrence_ledger as
                select l.series_id, l.occurrence, l.task_id, l.owner_id, t.task ->> 'title' as title, l.rule, l.due_date, l.due_time, l.due_zone,
                       l.outcome, l.closed_at, l.closed_by, s.state as series_state, s.ended_because, l.recorded_at
                from audit.recurrence_ledger l
                left join audit.tasks t on t.task_id = l.task_id
                left join sagas.recurrences s on s.series_id = l.series_id;
                """);
            migrationBuilder.DropColumn(
                name: "came_at",
                schema: "audit",
                table: "recurrence_ledger");

            migrationBuilder.DropColumn(
                name: "slot_date",
                schema: "audit",
                table: "recurrence_ledger");

            migrationBuilder.DropColumn(
                name: "webhook_generation",
                schema: "notify",
                table: "recipients");

            migrationBuilder.DropColumn(
                name: "webhook_rotated_at",
                schema: "notify",
                table: "recipients");
        }
    }
}
