using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Todo.Bus.Outbox;

/// <summary>The transactional outbox of a request: rows are saved by the scope's DbContext with the entities, or not at all.</summary>
internal sealed class DbContextOutbox<TDbContext>(TDbContext db) : IOutboxCapture
    where TDbContext : DbContext
{
    public void Add(OutboxRow row) => db.Add(new OutboxEntry
    {
        Lane = row.Lane,
        Topic = row.Topic,
        Partition = row.Partition,
        Key = row.Key,
        Value = row.Value,
        Headers = row.Headers,
        MessageId = row.MessageId,
        MessageType = row.MessageType,
    });
}

/// <summary>Wakes the relay once rows are committed, not before: after the save, or after the commit of the transaction around it.</summary>
internal sealed class OutboxWakeInterceptor(OutboxSignal signal) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    private readonly System.Runtime.CompilerServices.ConditionalWeakTable<DbContext, StrongBox> _pending = [];

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Note(eventData.Context!);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Note(eventData.Context!);
        return ValueTask.FromResult(result);
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

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Wake(eventData.Context!);

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Wake(eventData.Context!);
        return Task.CompletedTask;
    }

    private void Note(DbContext context)
    {
        var lanes = 0;
        foreach (var entry in context.ChangeTracker.Entries<OutboxEntry>())
        {
            if (entry.State == EntityState.Added)
                lanes |= 1 << entry.Entity.Lane;
        }

        if (lanes != 0)
            _pending.GetOrCreateValue(context).Lanes |= lanes;
    }

    private void AfterSave(DbContext context)
    {
        // A saved row is Kafka's business now; the context need not track it any longer.
        foreach (var entry in context.ChangeTracker.Entries<OutboxEntry>().ToList())
            entry.State = EntityState.Detached;
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

    private sealed class StrongBox
    {
        public int Lanes { get; set; }
    }
}
