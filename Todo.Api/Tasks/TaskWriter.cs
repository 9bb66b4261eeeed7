using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Todo.Api.Identity;
using Todo.Api.Live;
using Todo.Api.Storage;
using Todo.Contracts.Live;
using Todo.Contracts.Reminders;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

/// <summary>
/// The one door through which tasks are written. The task, its fact, its place in the owner's live feed and the feed's
/// message commit together or not at all; the owner's row is the lock, so their changes have one order without gaps.
/// </summary>
internal sealed class TaskWriter(TodoDbContext db, IServiceProvider services, CurrentUser user, TimeProvider clock)
{
    private readonly List<ChangeRow> _changes = [];
    private readonly List<Func<CancellationToken, Task>> _facts = [];
    private readonly Dictionary<Guid, TaskView?> _before = [];
    private readonly Dictionary<Guid, TaskView> _after = [];
    private IDbContextTransaction? _transaction;
    private Guid _ownerId;
    private long _sequence;

    /// <summary>Takes back what was committed; null where nothing changed.</summary>
    public Guid? UndoToken { get; private set; }

    /// <summary>Takes the owner's lock. Inside a message the transaction is the batch's, and stays open.</summary>
    public async Task BeginAsync(Guid ownerId, CancellationToken ct)
    {
        _transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        db.Database.AutoSavepointsEnabled = false; // what fails here is given back as a whole
        _ownerId = ownerId;
        _sequence = await OwnerLock.TakeAsync(db, ownerId, ct);
    }

    /// <summary>A task of this owner that may be changed, or null.</summary>
    public async Task<TaskItem?> FindAsync(Guid taskId, CancellationToken ct)
    {
        var task = await db.TasksOf(_ownerId).SingleOrDefaultAsync(t => t.TaskId == taskId, ct);
        if (task is not null)
            Remember(task);
        return task;
    }

    /// <summary>Keeps how a task stands before it is changed, so that the change can be taken back.</summary>
    public void Remember(TaskItem task) => _before.TryAdd(task.TaskId, task.ToView());

    /// <summary>A new task.</summary>
    public void Add(TaskItem task, TaskCreated fact)
    {
        _before.TryAdd(task.TaskId, null);
        db.Tasks.Add(task);
        Tell(fact);
    }

    /// <summary>Notes what became true of a task, for everybody who listens.</summary>
    public void Tell(ITaskFact fact)
    {
        _after[fact.TaskId] = fact.Task;
        TellAside(fact);
    }

    /// <summary>Notes what followed from a change without anybody asking for it: undoing the change does not undo this, it follows anew.</summary>
    public void TellAside(ITaskFact fact)
    {
        _facts.Add(ct => services.ProduceAsync(fact, ct));
        Feed(fact.TaskId, fact.Task, fact.OccurredAt);
    }

    /// <summary>Notes that a task is gone for good.</summary>
    public void TellGone(Guid taskId, DateTimeOffset now) => Feed(taskId, null, now);

    /// <summary>Notes a snooze, which leaves the task as it was.</summary>
    public void Tell(ReminderSnoozed fact) => _facts.Add(ct => Produce(fact.TaskId, fact, ct));

    /// <summary>Notes that projects and the like have changed along with the tasks.</summary>
    public void Tell(ListsChanged change) => _facts.Add(ct => Produce(change.OwnerId, change, ct));

    /// <summary>Commits, or gives everything back when nothing was told.</summary>
    /// <param name="ct">Stops waiting.</param>
    /// <param name="undoable">True to keep what is needed to take it back.</param>
    public async Task CommitAsync(CancellationToken ct, bool undoable = false)
    {
        await using var transaction = _transaction;
        _transaction = null;
        if (_facts.Count == 0 && transaction is not null)
            return;

        if (_changes.Count != 1)
            await OwnerLock.AdvanceAsync(db, _ownerId, _changes.Count - 1, ct);
        db.Changes.AddRange(_changes);
        if (undoable && _after.Count > 0)
            db.Undos.Add(Undo());
        foreach (var produce in _facts)
            await produce(ct);
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        Forget();
    }

    /// <summary>Gives everything back.</summary>
    public async Task AbandonAsync()
    {
        if (_transaction is not null)
            await _transaction.DisposeAsync();
        _transaction = null;
        Forget();
    }

    private void Forget()
    {
        _changes.Clear();
        _facts.Clear();
        _before.Clear();
        _after.Clear();
    }

    private UndoRow Undo()
    {
        var row = UndoRow.Of(_ownerId, [.. _after.Select(task => new UndoStep(_before.GetValueOrDefault(task.Key), task.Value))], clock.Now());
        UndoToken = row.UndoId;
        return row;
    }

    private void Feed(Guid taskId, TaskView? view, DateTimeOffset now)
    {
        var change = new TaskChanged(_ownerId, _sequence + _changes.Count, taskId, view, user.CommandId, now);
        _changes.Add(ChangeRow.Of(change));
        _facts.Add(ct => Produce(_ownerId, change, ct));
    }

    private Task Produce<T>(Guid key, T message, CancellationToken ct) where T : class =>
        services.GetRequiredService<ITopicProducer<Guid, T>>().Produce(key, message, ct);
}
