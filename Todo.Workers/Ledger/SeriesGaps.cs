using MassTransit;
using Microsoft.EntityFrameworkCore;
using Todo.Contracts.Recurrence;
using Todo.Contracts.Tasks;
using Todo.Workers.Recurrence;
using Todo.Workers.Storage;

namespace Todo.Workers.Ledger;

/// <summary>Where witness, recurrence sagas and the tasks they asked for differ. A gap here is a repeating task that silently never comes again.</summary>
internal sealed class SeriesGaps(
    WorkersDbContext db,
    ITopicProducer<Guid, RepublishTask> tasks,
    ITopicProducer<Guid, CreateOccurrence> occurrences,
    ITopicProducer<Guid, WithdrawOccurrence> withdrawals)
{
    /// <summary>The series is missing, missed a fact about its live occurrence, that a later one was completed, or that an earlier one was opened again.</summary>
    public async Task<List<Guid>> SayAgainAsync(AuditScope scope, CancellationToken ct)
    {
        var found = await db.Database.SqlQuery<Guid>($"""
            select w.task_id as "Value" from audit.tasks w
            left join sagas.recurrences r on r.series_id = (w.task ->> 'seriesId')::uuid
            where w.task ->> 'seriesId' is not null and w.heard_at < {scope.Young}
              and (w.task ->> 'state' = 'open' or w.heard_at > {scope.Old})
              and (r.series_id is null
                   or (r.occurrence < (w.task ->> 'occurrence')::int and w.task ->> 'state' = 'completed')
                   or (r.occurrence < (w.task ->> 'occurrence')::int and r.state = 'Suspended' and w.task ->> 'state' = 'open' and w.task ->> 'deletedAt' is null)
                   or (r.occurrence > (w.task ->> 'occurrence')::int and w.task ->> 'state' = 'open' and w.task ->> 'deletedAt' is null)
                   or (r.state = 'Suspended' and (r.previous ->> 'taskId')::uuid = w.task_id and w.task ->> 'deletedAt' is null
                       and (w.task ->> 'completedAt')::timestamptz > (r.previous ->> 'closedAt')::timestamptz)
                   or ((r.live ->> 'taskId')::uuid = w.task_id and (r.live ->> 'version')::bigint < w.version
                       and not ((r.live ->> 'version')::bigint = 0 and coalesce((w.task ->> 'deletedAt')::timestamptz <= r.updated_at, false))))
            limit 10000
            """).ToListAsync(ct);
        foreach (var task in found)
            await tasks.Produce(task, new RepublishTask(task, scope.Now), ct);
        return found;
    }

    /// <summary>One task of a series is live at a time: where two are, the later one should have been taken back.</summary>
    public async Task<List<Guid>> TakeBackAsync(AuditScope scope, CancellationToken ct)
    {
        var found = await db.WitnessedTasks.FromSql($"""
            select w.* from audit.tasks w
            where w.task ->> 'seriesId' is not null and w.task ->> 'state' = 'open' and w.task ->> 'deletedAt' is null and w.heard_at < {scope.Young}
              and exists (select 1 from audit.tasks e
                          where e.task ->> 'seriesId' = w.task ->> 'seriesId' and e.task ->> 'state' = 'open' and e.task ->> 'deletedAt' is null
                            and (e.task ->> 'occurrence')::int < (w.task ->> 'occurrence')::int and e.heard_at < {scope.Young})
            """).AsNoTracking().ToListAsync(ct);
        foreach (var task in found)
            await withdrawals.Produce(task.TaskId, new WithdrawOccurrence(task.TaskId, task.Task!.OwnerId, task.Task.SeriesId!.Value, scope.Now), ct);
        return found.ConvertAll(task => task.TaskId);
    }

    /// <summary>Asked for and not there, or still lying in the trash from where it was to be taken.</summary>
    public async Task<List<Guid>> AskAgainAsync(AuditScope scope, CancellationToken ct)
    {
        if (!scope.KnowsTasks)
            return [];

        var found = await db.Set<RecurrenceState>().FromSql($"""
            select r.* from sagas.recurrences r
            where r.state = 'Running' and (r.live ->> 'version')::bigint = 0 and r.updated_at < {scope.Young} and r.updated_at > {scope.Old}
              and not exists (select 1 from ops.tasks t where t.task_id = (r.live ->> 'taskId')::uuid
                              and (t.deleted_at is null or t.deleted_at > r.updated_at))
            """).AsNoTracking().ToListAsync(ct);
        foreach (var series in found)
        {
            if ((await db.WitnessedTasks.FindAsync([series.Previous.TaskId], ct))?.Task is not { } closed)
                continue;

            var request = closed.MovedTo(series.CorrelationId, series.Occurrence, series.Previous.Due, series.Live.Due, scope.Now);
            await occurrences.Produce(request.TaskId, request, ct);
        }

        return found.ConvertAll(series => series.CorrelationId);
    }
}
