using Npgsql;
using Todo.Bus.Outbox;
using Todo.Bus.Sagas;
using Todo.Bus.Scheduling;

namespace Todo.Bus.Batching;

/// <summary>One transaction for many messages: saga rows, inbox, outbox, timers and dead letters commit together, or none of them.</summary>
/// <remarks>Not thread-safe: its messages are handled one after the other.</remarks>
internal sealed class Batch : IAsyncDisposable
{
    private readonly Dictionary<Type, ISagaRows> _sagas = [];

    private Batch(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        Connection = connection;
        Transaction = transaction;
    }

    public NpgsqlConnection Connection { get; }

    public NpgsqlTransaction Transaction { get; }

    public static async Task<Batch> BeginAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        var connection = await source.OpenConnectionAsync(ct);
        try
        {
            return new Batch(connection, await connection.BeginTransactionAsync(ct));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The rows of one saga type in this transaction.</summary>
    public SagaRows<TSaga> Rows<TSaga>(SagaTable<TSaga> table)
        where TSaga : class
    {
        if (_sagas.TryGetValue(typeof(TSaga), out var known))
            return (SagaRows<TSaga>)known;
        var rows = new SagaRows<TSaga>(table, this);
        _sagas.Add(typeof(TSaga), rows);
        return rows;
    }

    /// <summary>Writes everything in one round trip and commits. Nothing is on its way to Kafka before this returns.</summary>
    public async Task CommitAsync(IReadOnlyList<MessageUnit> units, IReadOnlyList<NpgsqlBatchCommand> more, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(Connection, Transaction);
        var expected = new List<(NpgsqlBatchCommand Command, int Rows, string What)>();
        foreach (var rows in _sagas.Values)
            rows.AddTo(batch, expected);

        var timers = units.SelectMany(unit => unit.Timers).ToList();
        if (timers.Count > 0)
            batch.BatchCommands.Add(TimerTable.Insert(timers));
        // Cancelled after the insert: a timer set and cancelled in one batch must be gone.
        var cancelled = units.SelectMany(unit => unit.Cancelled).ToList();
        if (cancelled.Count > 0)
            batch.BatchCommands.Add(TimerTable.Cancel(cancelled));
        var outgoing = units.SelectMany(unit => unit.Outgoing).ToList();
        if (outgoing.Count > 0)
            batch.BatchCommands.Add(OutboxTable.Insert(outgoing));
        var published = units.SelectMany(unit => unit.Published).ToList();
        if (published.Count > 0)
            batch.BatchCommands.Add(BusMessageTable.Insert(published));
        foreach (var command in more)
            batch.BatchCommands.Add(command);

        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(ct);
        foreach (var (command, rows, what) in expected)
        {
            if ((long)command.RecordsAffected != rows)
                throw new SagaRaceException($"{what}: {rows} rows were to be written, {command.RecordsAffected} were; another instance was faster.");
        }

        await Transaction.CommitAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        await Transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }
}
