using MassTransit;
using Npgsql;
using Todo.Bus.Batching;

namespace Todo.Bus.Sagas;

/// <summary>Loads the sagas that a batch will want in one ordered lock. A missing hint costs one more select, a wrong one nothing.</summary>
internal interface ISagaLoader
{
    /// <summary>The id this message is for, if its correlation can tell.</summary>
    ValueTask<Guid?> FindIdAsync(ConsumeContext context, Type messageType);

    /// <summary>The command that locks and reads the rows.</summary>
    NpgsqlBatchCommand Lock(Guid[] sortedIds);

    /// <summary>Takes the rows from the reader into the batch.</summary>
    Task TakeAsync(Batch batch, Guid[] sortedIds, NpgsqlDataReader reader, CancellationToken ct);
}
