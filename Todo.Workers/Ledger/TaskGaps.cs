using MassTransit;
using Microsoft.EntityFrameworkCore;
using Todo.Contracts.Tasks;
using Todo.Workers.Reminders;
using Todo.Workers.Storage;

namespace Todo.Workers.Ledger;

/// <summary>Where the Api's tasks and what Workers heard of them differ.</summary>
internal sealed class TaskGaps(WorkersDbContext db, ITopicProducer<Guid, RepublishTask> tasks, ITopicProducer<Guid, TaskRechecked> rechecks)
{
    /// <summary>The Api publishes which version each task has.</summary>
    public async Task<List<Guid>> SayAgainAsync(AuditScope scope, CancellationToken ct)
    {
        if (!scope.KnowsTasks)
            return [];

        var found = await db.Database.SqlQuery<Guid>($"""
            select t.task_id as "Value" from ops.tasks t
            left join audit.tasks w on w.task_id = t.task_id
            where t.updated_at < {scope.Young} and coalesce(w.version, 0) < t.version
              and (t.state = 'open' or t.updated_at > {scope.Old})
            """).ToListAsync(ct);
        foreach (var task in found)
            await tasks.Produce(task, new RepublishTask(task, scope.Now), ct);
        return found;
    }

    /// <summary>A saga that watches a task the Api no longer has would remind somebody of nothing: it hears that the task is deleted.</summary>
    public async Task<List<Guid>> PutToRestAsync(AuditScope scope, CancellationToken ct)
    {
        if (!scope.KnowsTasks)
            return [];

        var found = await db.Set<ReminderState>().FromSql($"""
            select s.* from sagas.reminders s
            where s.state = 'Watching' and s.updated_at < {scope.Young}
              and not exists (select 1 from ops.tasks t where t.task_id = s.task_id)
            """).AsNoTracking().ToListAsync(ct);
        foreach (var saga in found)
        {
            var gone = new TaskView
            {
                TaskId = saga.CorrelationId,
                OwnerId = saga.OwnerId,
                Title = saga.Title,
                Version = saga.Version + 1,
                DeletedAt = scope.Now,
            };
            await rechecks.Produce(gone.TaskId, new TaskRechecked(gone.TaskId, gone.OwnerId, gone, gone.OwnerId, scope.Now), ct);
            await db.ForgetTaskAsync(gone.TaskId, scope.Now, ct);
        }

        return found.ConvertAll(saga => saga.CorrelationId);
    }
}
