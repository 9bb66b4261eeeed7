using Npgsql;
using NpgsqlTypes;

namespace Todo.Bus.Scheduling;

/// <summary>A releaser's connection to <c>bus.timers</c>.</summary>
internal sealed class TimerSession : IAsyncDisposable
{
    /// <summary>The advisory lock class of timer lanes.</summary>
    private const int LockClass = 0x0B06;

    // Rows that a transaction is just cancelling or moving are passed by: they are decided there, and waiting for it here
    // could become waiting in a circle. The lanes' locks see to it that nobody else who skips is a releaser.
    private const string TakeDueSql =
        """
        with owned as materialized (
            select lane from generate_series(0, $1) as every (lane) where pg_try_advisory_xact_lock($2, lane)
        ), due as materialized (
            select timer.token
            from owned
            cross join lateral (
                select token from bus.timers
                where lane = owned.lane::smallint and due_at <= $3 and topic <> all($5) and token <> all($6)
                order by due_at, token
                limit $4
                for update skip locked
            ) as timer
        )
        delete from bus.timers using due where timers.token = due.token
        returning timers.token, timers.due_at, timers.topic, timers.key, timers.value, timers.headers
        """;

    private const string NextDueSql =
        """
        select min(timer.due_at)
        from generate_series(0, $1) as every (lane)
        cross join lateral (
            select due_at from bus.timers
            where lane = every.lane::smallint and topic <> all($2) and token <> all($3)
            order by due_at, token
            limit 1
        ) as timer
        """;

    private const string OverdueSql =
        """
        select count(*)::integer
        from (select from generate_series(0, $1) as every (lane)
              join bus.timers on timers.lane = every.lane::smallint and due_at < $2
              limit 100000) as late
        """;

    private const string ForgetSql = "delete from bus.timers where token = any($1)";

    private const string RefuseSql =
        """
        with gone as (
            delete from bus.timers using unnest($1::uuid[], $2::text[]) as refused (token, error) where timers.token = refused.token
            returning timers.*, refused.error
        )
        insert into bus.outbox (lane, topic, key, value, headers, message_id, message_type, attempts, failed_at, last_error)
        select lane, topic, key, value, headers, message_id, message_type, 1, clock_timestamp(), error from gone
        """;

    private readonly NpgsqlConnection _connection;

    private TimerSession(NpgsqlConnection connection) => _connection = connection;

    public static async Task<TimerSession> OpenAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        var connection = await source.OpenConnectionAsync(ct);
        try
        {
            // Only the indexes lead to the due ones, whatever the planner believes about a table that is empty one
            // moment and huge the next.
            await using var settings = new NpgsqlCommand("set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off; set jit = off", connection);
            await settings.ExecuteNonQueryAsync(ct);
            return new TimerSession(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public ValueTask<NpgsqlTransaction> BeginAsync(CancellationToken ct) => _connection.BeginTransactionAsync(ct);

    /// <summary>Deletes due timers of all lanes that nobody else is releasing and returns them in due order, with the next due time of what is left.</summary>
    /// <remarks>The lanes belong to the transaction, and so does the deletion: both are undone when it is not committed.</remarks>
    public async Task<(List<DueTimer> Due, DateTimeOffset? Next)> TakeDueAsync(
        NpgsqlTransaction transaction, DateTimeOffset now, int perLane, string[] heldTopics, Guid[] except, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(_connection, transaction)
        {
            BatchCommands =
            {
                new(TakeDueSql)
                {
                    Parameters = { Number(Outbox.Lanes.Count - 1), Number(LockClass), Instant(now), Number(perLane), Texts(heldTopics), Tokens(except) },
                },
                new(NextDueSql) { Parameters = { Number(Outbox.Lanes.Count - 1), Texts(heldTopics), Tokens(except) } },
            },
        };
        await batch.PrepareAsync(ct);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var due = new List<DueTimer>();
        while (await reader.ReadAsync(ct))
        {
            due.Add(new DueTimer(
                reader.GetGuid(0),
                reader.GetFieldValue<DateTimeOffset>(1),
                reader.GetString(2),
                reader.IsDBNull(3) ? null : reader.GetFieldValue<byte[]>(3),
                reader.GetFieldValue<byte[]>(4),
                reader.GetFieldValue<byte[]>(5)));
        }

        due.Sort((one, other) => (one.DueAt, one.Token).CompareTo((other.DueAt, other.Token)));
        await reader.NextResultAsync(ct);
        await reader.ReadAsync(ct);
        return (due, reader.IsDBNull(0) ? null : reader.GetFieldValue<DateTimeOffset>(0));
    }

    /// <summary>After a rollback: removes what Kafka has all the same, and moves what it will never have to the refused rows of the outbox.</summary>
    public async Task SettleAsync(IReadOnlyCollection<DueTimer> stored, IReadOnlyCollection<DueTimer> refused, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(_connection);
        if (stored.Count > 0)
            batch.BatchCommands.Add(new(ForgetSql) { Parameters = { Tokens([.. stored.Select(timer => timer.Token)]) } });
        if (refused.Count > 0)
        {
            batch.BatchCommands.Add(new(RefuseSql)
            {
                Parameters =
                {
                    Tokens([.. refused.Select(timer => timer.Token)]),
                    Texts([.. refused.Select(timer => $"{timer.Answer!.Error!.Code}: {timer.Answer.Error.Reason}")]),
                },
            });
        }

        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(ct);
    }

    public async Task<int> CountDueBeforeAsync(DateTimeOffset instant, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(OverdueSql, _connection) { Parameters = { Number(Outbox.Lanes.Count - 1), Instant(instant) } };
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await using var reset = new NpgsqlCommand("reset all", _connection); // the pool gives it to somebody else as it is
            await reset.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception broken) when (broken is NpgsqlException or InvalidOperationException)
        {
            // A broken connection does not go back to the pool.
        }
        finally
        {
            await _connection.DisposeAsync();
        }
    }

    private static NpgsqlParameter<int> Number(int value) => new() { TypedValue = value };

    private static NpgsqlParameter<DateTime> Instant(DateTimeOffset value) => new() { TypedValue = value.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    private static NpgsqlParameter<string[]> Texts(string[] values) => new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    private static NpgsqlParameter<Guid[]> Tokens(Guid[] values) => new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid };
}
