using MassTransit;
using MassTransit.Context;
using MassTransit.Saga;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using Todo.Bus.Batching;

namespace Todo.Bus.Sagas;

/// <summary>Loads and saves one message's saga with EF, in the batch's transaction: for sagas that are more than one row of plain columns.</summary>
/// <remarks>What it wrote cannot be taken back in memory: when the message fails, the batch rolls back and runs again without it.</remarks>
internal sealed class EntitySagaRepositoryContext<TSaga, T>(ConsumeContext<T> context, MessageUnit unit, SagaTables tables)
    : ConsumeContextScope<T>(context), SagaRepositoryContext<TSaga, T>, IAsyncDisposable
    where TSaga : class, ISaga
    where T : class
{
    private static readonly SagaConsumeContextFactory<DbContext, TSaga> Contexts = new();

    private readonly SagaStorage _storage = tables.StorageOf<TSaga>();
    private readonly SagaContext _open = tables.Open<TSaga>(unit.Batch);

    private DbContext Db => _open.Db;

    public Task<SagaConsumeContext<TSaga, T>> Add(TSaga instance) => CreateSagaConsumeContext(this, instance, SagaConsumeContextMode.Add);

    public async Task<SagaConsumeContext<TSaga, T>> Insert(TSaga instance) =>
        await FindAsync(instance.CorrelationId) is null ? await CreateSagaConsumeContext(this, instance, SagaConsumeContextMode.Insert) : null!;

    public async Task<SagaConsumeContext<TSaga, T>> Load(Guid correlationId) =>
        await FindAsync(correlationId) is { } saga ? await CreateSagaConsumeContext(this, saga, SagaConsumeContextMode.Load) : null!;

    public Task Save(SagaConsumeContext<TSaga> saga)
    {
        Db.Add(saga.Saga);
        return WriteAsync();
    }

    public Task Update(SagaConsumeContext<TSaga> saga) => WriteAsync();

    public Task Delete(SagaConsumeContext<TSaga> saga)
    {
        if (Db.Entry(saga.Saga).State == EntityState.Detached)
            return Task.CompletedTask; // made and finished by this very message
        Db.Remove(saga.Saga);
        return WriteAsync();
    }

    public Task Discard(SagaConsumeContext<TSaga> saga) => Task.CompletedTask;

    public Task Undo(SagaConsumeContext<TSaga> saga) => Task.CompletedTask;

    public Task<SagaConsumeContext<TSaga, TMessage>> CreateSagaConsumeContext<TMessage>(ConsumeContext<TMessage> consumeContext, TSaga instance, SagaConsumeContextMode mode)
        where TMessage : class => Contexts.CreateSagaConsumeContext(Db, consumeContext, instance, mode);

    public ValueTask DisposeAsync() => _open.DisposeAsync();

    private async Task<TSaga?> FindAsync(Guid id)
    {
        if (!_storage.Optimistic)
            await LockAsync(id);
        return await _storage.Query<TSaga>(Db).SingleOrDefaultAsync(saga => saga.CorrelationId == id, CancellationToken);
    }

    private async Task LockAsync(Guid id)
    {
        var entity = Db.Model.FindEntityType(typeof(TSaga))!;
        var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
        var key = entity.FindProperty(nameof(ISaga.CorrelationId))!.GetColumnName(table)!;
        await using var command = new NpgsqlCommand(
            $"select 1 from {(table.Schema is null ? "" : Quote(table.Schema) + ".")}{Quote(table.Name)} where {Quote(key)} = $1 for update", unit.Batch.Connection, unit.Batch.Transaction)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = id } },
        };
        await command.ExecuteNonQueryAsync(CancellationToken);
    }

    private async Task WriteAsync()
    {
        unit.UsedConnection = true;
        try
        {
            await Db.SaveChangesAsync(CancellationToken);
        }
        catch (DbUpdateException race) when (race is DbUpdateConcurrencyException || race.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw new SagaRaceException($"{typeof(TSaga).Name}: another instance was faster.", race);
        }
    }

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
