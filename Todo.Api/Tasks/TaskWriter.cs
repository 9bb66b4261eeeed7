using System.Text.Json;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Todo.Api.Identity;
using Todo.Api.Live;
using Todo.Api.Storage;
using Todo.Contracts;
using Todo.Contracts.Live;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

/// <summary>
/// The one door through which tasks are written. The task, its fact, its place in the owner's live feed and the feed's
/// message commit together or not at all; the owner's row is the lock, so their changes have one order without gaps.
/// </summary>
internal sealed class TaskWriter(TodoDbContext db, IServiceProvider services, CurrentUser user)
{
    private readonly List<ChangeRow> _changes = [];
    private readonly List<Func<CancellationToken, Task>> _facts = [];
    private IDbContextTransaction? _transaction;
    private Guid _ownerId;
    private long _sequence;

    /// <summary>Takes the owner's lock. Inside a message the transaction is the batch's, and stays open.</summary>
    public async Task BeginAsync(Guid ownerId, CancellationToken ct)
    {
        _transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        _ownerId = ownerId;
        _sequence = await OwnerLock.TakeAsync(db, ownerId, ct);
    }

    /// <summary>Changes one task of the owner by one of its intentions and answers with how it stands; null when there is no such task.</summary>
    public async Task<TaskView?> ChangeAsync<TFact>(Guid ownerId, Guid taskId, Func<TaskItem, TFact?> change, CancellationToken ct)
        where TFact : class, ITaskFact
    {
        await BeginAsync(ownerId, ct);
        if (await FindAsync(taskId, ct) is not { } task)
        {
            await CommitAsync(ct);
            return null;
        }

        if (change(task) is { } fact)
            Tell(task, fact);
        await CommitAsync(ct);
        return task.ToView();
    }

    /// <summary>A task of this owner that may be changed, or null.</summary>
    public Task<TaskItem?> FindAsync(Guid taskId, CancellationToken ct) =>
        db.TasksOf(_ownerId).SingleOrDefaultAsync(t => t.TaskId == taskId, ct);

    /// <summary>Notes what became true of a task, for everybody who listens.</summary>
    public void Tell<TFact>(TaskItem task, TFact fact) where TFact : class, ITaskFact
    {
        _facts.Add(ct => services.GetRequiredService<ITopicProducer<Guid, TFact>>().Produce(task.TaskId, fact, ct));
        Feed(task.TaskId, fact.Task, fact.OccurredAt);
    }

    /// <summary>Notes that a task is gone for good.</summary>
    public void TellGone(Guid taskId, DateTimeOffset now) => Feed(taskId, null, now);

    /// <summary>Notes a fact that leaves the task as it was.</summary>
    public void TellOnly<TFact>(Guid taskId, TFact fact) where TFact : class =>
        _facts.Add(ct => services.GetRequiredService<ITopicProducer<Guid, TFact>>().Produce(taskId, fact, ct));

    /// <summary>Commits, or gives everything back when nothing was told.</summary>
    public async Task CommitAsync(CancellationToken ct)
    {
        await using var transaction = _transaction;
        if (_facts.Count == 0 && transaction is not null)
            return;

        if (_changes.Count != 1)
            await OwnerLock.AdvanceAsync(db, _ownerId, _changes.Count - 1, ct);
        db.Changes.AddRange(_changes);
        foreach (var produce in _facts)
            await produce(ct);
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        _changes.Clear();
        _facts.Clear();
    }

    private void Feed(Guid taskId, TaskView? view, DateTimeOffset now)
    {
        var change = new TaskChanged(_ownerId, _sequence + _changes.Count, taskId, view, user.CommandId, now);
        _changes.Add(new ChangeRow
        {
            OwnerId = change.OwnerId,
            Sequence = change.Sequence,
            TaskId = taskId,
            Task = view is null ? null : JsonSerializer.Serialize(view, ContractsJson.Default.TaskView),
            CommandId = change.CommandId,
            OccurredAt = now,
        });
        _facts.Add(ct => services.GetRequiredService<ITopicProducer<Guid, TaskChanged>>().Produce(_ownerId, change, ct));
    }
}
