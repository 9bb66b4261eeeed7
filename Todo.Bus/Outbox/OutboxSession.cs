using Npgsql;
using NpgsqlTypes;

namespace Todo.Bus.Outbox;

/// <summary>A relay's connection to the outbox, and the lanes it owns through it.</summary>
/// <remarks>
/// A lane is an advisory lock of this very session: whoever loses the connection loses the lane, and with it the power to
/// delete. Each read starts at the beginning of a lane and is one statement, hence one snapshot: ids are given before
/// commits, so a read that went on from the last id seen could meet a key's second row before its first.
/// </remarks>
internal sealed class OutboxSession : IAsyncDisposable
{
    /// <summary>The advisory lock class of outbox lanes.</summary>
    private const int LockClass = 0x0B05;

    private const string DeleteSql = "delete from bus.outbox where id = any($1)";

    private const string RefuseSql =
        """
        update bus.outbox set failed_at = clock_timestamp(), attempts = attempts + 1, last_error = refused.error
        from unnest($1::bigint[], $2::text[]) as refused (id, error)
        where outbox.id = refused.id
        """;

    private const string DelaySql =
        """
        update bus.outbox set attempts = attempts + 1, last_error = delayed.error
        from unnest($1::bigint[], $2::text[]) as delayed (id, error)
        where outbox.id = delayed.id
        """;

    // Rows behind a refused one leave the readers' index, so that they are not read again and again.
    private const string SetBehindSql =
        "update bus.outbox set failed_at = clock_timestamp(), last_error = 'waits behind a refused record of its key' where id = any($1)";

    private const string LockSql = "select lane from unnest($1::smallint[]) as lane where pg_try_advisory_lock($2, lane)";
    private const string UnlockSql = "select pg_advisory_unlock($2, lane) from unnest($1::smallint[]) as lane";

    private const string ReadSql =
        """
        select o.id, o.lane, o.topic, o.partition, o.key, o.value, o.headers,
               exists (select from bus.outbox f where f.failed_at is not null and f.topic = o.topic and f.key = o.key and f.id < o.id)
        from unnest($1::smallint[], $2::integer[]) as wanted (lane, rows)
        cross join lateral (
            select * from bus.outbox
            where lane = wanted.lane and failed_at is null and topic <> all($3)
            order by id
            limit wanted.rows
        ) as o
        """;

    private const string ProbeSql =
        """
        select lane::smallint from generate_series(0, $1) as every (lane)
        where exists (select from bus.outbox where outbox.lane = every.lane::smallint and failed_at is null and topic <> all($2))
        """;

    private readonly NpgsqlConnection _connection;

    private OutboxSession(NpgsqlConnection connection) => _connection = connection;

    /// <summary>Lanes this session owns, as bits.</summary>
    public int Owned { get; private set; }

    public static async Task<OutboxSession> OpenAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        var connection = await source.OpenConnectionAsync(ct);
        try
        {
            // The tables are small or empty most of the time, and the planner then prefers to read all of them: a plan
            // that is cached, and ruinous once they are not.
            await using var settings = new NpgsqlCommand("set enable_seqscan = off; set jit = off", connection);
            await settings.ExecuteNonQueryAsync(ct);
            return new OutboxSession(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// One round trip: gives up lanes, writes down what Kafka answered, takes lanes, and reads the lanes wanted of those owned.
    /// Each row read goes to <paramref name="row"/>, in order within its lane, with true when its key has stopped.
    /// </summary>
    public async Task TurnAsync(int release, Settlement settlement, int take, LaneReads reads, string[] heldTopics, Action<StoredRecord, bool> row, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(_connection);
        var owned = Owned & ~release;
        if (release != 0)
            batch.BatchCommands.Add(new(UnlockSql) { Parameters = { LaneArray(release), Number(LockClass) } });
        AddSettlement(batch, settlement);
        if (take != 0)
            batch.BatchCommands.Add(new(LockSql) { Parameters = { LaneArray(take), Number(LockClass) } });
        if (!reads.IsEmpty)
            batch.BatchCommands.Add(new(ReadSql) { Parameters = { Array(reads.Lanes), Array(reads.Rows), Array(heldTopics) } });
        if (batch.BatchCommands.Count == 0)
            return;

        await batch.PrepareAsync(ct);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        if (release != 0)
            await reader.NextResultAsync(ct);
        if (take != 0)
        {
            while (await reader.ReadAsync(ct))
                owned |= 1 << reader.GetInt16(0);
            await reader.NextResultAsync(ct);
        }

        Owned = owned;
        if (reads.IsEmpty)
            return;
        while (await reader.ReadAsync(ct))
        {
            var stored = Read(reader);
            if ((owned & (1 << stored.Lane)) != 0)
                row(stored, reader.GetBoolean(7));
        }
    }

    /// <summary>The lanes that have rows, whoever owns them.</summary>
    public async Task<int> ProbeAsync(string[] heldTopics, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(ProbeSql, _connection)
        {
            Parameters = { Number(Lanes.Count - 1), Array(heldTopics) },
        };
        await command.PrepareAsync(ct);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var lanes = 0;
        while (await reader.ReadAsync(ct))
            lanes |= 1 << reader.GetInt16(0);
        return lanes;
    }

    /// <summary>Sets aside rows that wait behind a refused one.</summary>
    public async Task SetBehindAsync(long[] ids, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(SetBehindSql, _connection) { Parameters = { Array(ids) } };
        await command.ExecuteNonQueryAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            // The pool does not: nobody else could have the lanes.
            await using var unlock = new NpgsqlCommand("select pg_advisory_unlock_all(); reset all", _connection);
            await unlock.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception broken) when (broken is NpgsqlException or InvalidOperationException)
        {
            // A broken connection has no session, and so no locks, any more.
        }
        finally
        {
            await _connection.DisposeAsync();
        }
    }

    private static void AddSettlement(NpgsqlBatch batch, Settlement settlement)
    {
        if (settlement.Sent.Count > 0)
            batch.BatchCommands.Add(new(DeleteSql) { Parameters = { Array(settlement.Sent.ConvertAll(row => row.Id).ToArray()) } });
        if (settlement.Refused.Count > 0)
            batch.BatchCommands.Add(WithErrors(RefuseSql, settlement.Refused));
        if (settlement.Delayed.Count > 0)
            batch.BatchCommands.Add(WithErrors(DelaySql, settlement.Delayed));
    }

    private static NpgsqlBatchCommand WithErrors(string sql, List<(StoredRecord Row, Confluent.Kafka.Error Error)> rows) => new(sql)
    {
        Parameters =
        {
            Array(rows.ConvertAll(one => one.Row.Id).ToArray()),
            Array(rows.ConvertAll(one => $"{one.Error.Code}: {one.Error.Reason}").ToArray()),
        },
    };

    private static StoredRecord Read(NpgsqlDataReader reader) => new(
        reader.GetInt64(0),
        reader.GetInt16(1),
        reader.GetString(2),
        reader.IsDBNull(3) ? null : reader.GetInt32(3),
        reader.IsDBNull(4) ? null : reader.GetFieldValue<byte[]>(4),
        reader.IsDBNull(5) ? null : reader.GetFieldValue<byte[]>(5),
        reader.GetFieldValue<byte[]>(6));

    private static NpgsqlParameter<short[]> LaneArray(int lanes) =>
        Array(Enumerable.Range(0, Lanes.Count).Where(lane => (lanes & (1 << lane)) != 0).Select(lane => (short)lane).ToArray());

    private static NpgsqlParameter<int> Number(int value) => new() { TypedValue = value };

    private static NpgsqlParameter<T[]> Array<T>(T[] values) => new()
    {
        TypedValue = values,
        NpgsqlDbType = NpgsqlDbType.Array | (values switch
        {
            short[] => NpgsqlDbType.Smallint,
            int[] => NpgsqlDbType.Integer,
            long[] => NpgsqlDbType.Bigint,
            _ => NpgsqlDbType.Text,
        }),
    };
}
