using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Todo.Bus.Outbox;

/// <summary>The transactional outbox of a request: rows are saved by the scope's DbContext with the entities, or not at all.</summary>
internal sealed class DbContextOutbox<TDbContext>(TDbContext db, OutboxWakeInterceptor wake) : IOutboxCapture
    where TDbContext : DbContext
{
    public void Add(OutboxRow row)
    {
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
}

/// <summary>Wakes the relay once rows are committed, not before: after the save, or after the commit of the transaction around it.</summary>
internal sealed class OutboxWakeInterceptor(OutboxSignal signal) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    private readonly ConditionalWeakTable<DbContext, Pending> _pending = [];

    /// <summary>The next save of this context writes the entry.</summary>
    /// <remarks>Noted here rather than looked up in the change tracker, which would compare every entity it holds for it.</remarks>
    public void Waits(DbContext context, OutboxEntry entry) => _pending.GetOrCreateValue(context).Entries.Add(entry);

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

        pending.Entries.Clear();
        if (context.Database.CurrentTransaction is null)
            Wake(context);
    }

    private void Wake(DbContext context)
    {
        if (!_pending.TryGetValue(context, out var pending))
            return;
        signal.Wake(pending.Lanes);
        pending.Lanes = 0;
    }

    private sealed class Pending
    {
        /// <summary>Rows the next save writes.</summary>
        public List<OutboxEntry> Entries { get; } = [];

        /// <summary>Lanes of rows that are saved and perhaps not committed yet.</summary>
        public int Lanes { get; set; }
    }
}
