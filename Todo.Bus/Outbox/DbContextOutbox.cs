using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Todo.Bus.Scheduling;

namespace Todo.Bus.Outbox;

/// <summary>The transactional outbox of a request: rows are saved by the scope's DbContext with the entities, or not at all.</summary>
internal sealed class DbContextOutbox<TDbContext>(TDbContext db, OutboxWakeInterceptor wake) : IOutboxCapture
    where TDbContext : DbContext
{
    private ICollection<OutboxRow>? _diverted;

    public void DivertTo(ICollection<OutboxRow> rows) => _diverted = rows;

    public void Add(OutboxRow row)
    {
        if (_diverted is not null)
        {
            _diverted.Add(row);
            return;
        }

        var entry = new OutboxEntry
        {
            Lane = row.Lane,
            Topic = row.Topic,
            Partition = row.Partition,
            Key = row.Key,
            Value = row.Value,
            Headers = row.Headers,
            MessageId = row.MessageId,
            MessageType = row.MessageType,
        };
        db.Add(entry);
        wake.Waits(db, entry);
    }

    public void Add(TimerRow timer)
    {
        var entry = TimerEntry.Of(timer);
        db.Add(entry);
        wake.Waits(db, entry);
    }

    public void Cancel(Guid token)
    {
        if (wake.Forget(db, token) is { } known)
            db.Entry(known).State = EntityState.Detached; // set and cancelled before it was saved
        else
            wake.Waits(db, db.Remove(new TimerEntry { Token = token }).Entity);
    }

    void IOutboxCapture.Add(BusMessage message)
    {
        var entry = new BusMessageEntry
        {
            Application = message.Application,
            Destination = message.Destination,
            MessageId = message.MessageId,
            MessageType = message.MessageType,
            ContentType = message.ContentType,
            Body = message.Body,
            Envelope = message.Envelope,
        };
        db.Add(entry);
        wake.Waits(db, entry);
    }
}

/// <summary>Wakes the relay once rows are committed, not before: after the save, or after the commit of the transaction around it.</summary>
internal sealed class OutboxWakeInterceptor(OutboxSignal signal, TimerSignal timers) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    private readonly ConditionalWeakTable<DbContext, Pending> _pending = [];

    /// <summary>The next save of this context writes the entry.</summary>
    /// <remarks>Noted here rather than looked up in the change tracker, which would compare every entity it holds for it.</remarks>
    public void Waits(DbContext context, OutboxEntry entry) => _pending.GetOrCreateValue(context).Entries.Add(entry);

    /// <summary>The next save of this context writes, or deletes, the timer.</summary>
    public void Waits(DbContext context, TimerEntry timer) => _pending.GetOrCreateValue(context).Timers.Add(timer);

    /// <summary>The next save of this context writes the message.</summary>
    public void Waits(DbContext context, BusMessageEntry message) => _pending.GetOrCreateValue(context).Messages.Add(message);

    /// <summary>Takes back a timer that is not saved yet; null where there is none.</summary>
    public TimerEntry? Forget(DbContext context, Guid token)
    {
        if (!_pending.TryGetValue(context, out var pending) || pending.Timers.Find(timer => timer.Token == token && timer.Topic.Length > 0) is not { } known)
            return null;
        pending.Timers.Remove(known);
        return known;
    }

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        AfterSave(eventData.Context!);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        AfterSave(eventData.Context!);
        return ValueTask.FromResult(result);
    }

    /// <summary>A timer that is gone when it is to be cancelled has fired; whoever cancels it need not hear of that.</summary>
    public override InterceptionResult ThrowingConcurrencyException(ConcurrencyExceptionEventData eventData, InterceptionResult result) =>
        eventData.Entries.All(entry => entry.Entity is TimerEntry) ? InterceptionResult.Suppress() : result;

    public override ValueTask<InterceptionResult> ThrowingConcurrencyExceptionAsync(ConcurrencyExceptionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
        new(ThrowingConcurrencyException(eventData, result));

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Wake(eventData.Context!);

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Wake(eventData.Context!);
        return Task.CompletedTask;
    }

    private void AfterSave(DbContext context)
    {
        if (!_pending.TryGetValue(context, out var pending))
            return;
        foreach (var entry in pending.Entries)
        {
            pending.Lanes |= 1 << entry.Lane;
            context.Entry(entry).State = EntityState.Detached; // a saved row is Kafka's business now
        }

        foreach (var timer in pending.Timers)
        {
            if (timer.Topic.Length > 0)
                pending.Due(timer.DueAt);
            context.Entry(timer).State = EntityState.Detached;
        }

        foreach (var message in pending.Messages)
            context.Entry(message).State = EntityState.Detached;

        pending.Bus |= pending.Messages.Count > 0;
        pending.Entries.Clear();
        pending.Timers.Clear();
        pending.Messages.Clear();
        if (context.Database.CurrentTransaction is null)
            Wake(context);
    }

    private void Wake(DbContext context)
    {
        if (!_pending.TryGetValue(context, out var pending))
            return;
        signal.Wake(pending.Lanes);
        if (pending.DueAt is { } due)
            timers.Wake(due);
        if (pending.Bus)
            signal.WakeBus();
        (pending.Lanes, pending.DueAt, pending.Bus) = (0, null, false);
    }

    private sealed class Pending
    {
        /// <summary>Rows the next save writes.</summary>
        public List<OutboxEntry> Entries { get; } = [];

        /// <summary>Timers the next save writes; those without a topic are deleted by it.</summary>
        public List<TimerEntry> Timers { get; } = [];

        /// <summary>Messages of the bus itself that the next save writes.</summary>
        public List<BusMessageEntry> Messages { get; } = [];

        /// <summary>Lanes of rows that are saved and perhaps not committed yet.</summary>
        public int Lanes { get; set; }

        public DateTimeOffset? DueAt { get; set; }

        public void Due(DateTimeOffset at) => DueAt = DueAt is { } earlier && earlier < at ? earlier : at;

        public bool Bus { get; set; }
    }
}
