using Npgsql;
using NpgsqlTypes;
using static Todo.Bus.Outbox.OutboxTable;

namespace Todo.Bus.Scheduling;

/// <summary>Writes <c>bus.timers</c>: sets and cancels any number of timers in one statement each.</summary>
internal static class TimerTable
{
    private const string InsertSql =
        """
        insert into bus.timers (token, lane, due_at, topic, key, value, headers, message_id, message_type, saga_id, consumer)
        select token, lane, due_at, topic, key, value, headers::jsonb, message_id, message_type, saga_id, consumer
        from unnest($1::uuid[], $2::smallint[], $3::timestamptz[], $4::text[], $5::bytea[], $6::bytea[], $7::text[], $8::uuid[], $9::text[], $10::uuid[], $11::text[])
             as row (token, lane, due_at, topic, key, value, headers, message_id, message_type, saga_id, consumer)
        on conflict (token) do update
        set lane = excluded.lane, due_at = excluded.due_at, topic = excluded.topic, key = excluded.key, value = excluded.value,
            headers = excluded.headers, message_id = excluded.message_id, message_type = excluded.message_type,
            saga_id = excluded.saga_id, consumer = excluded.consumer, created_at = excluded.created_at
        """;

    /// <summary>One statement that sets the timers. A token that is already set is moved; of one token given twice the last counts.</summary>
    public static NpgsqlBatchCommand Insert(IReadOnlyList<TimerRow> timers)
    {
        var rows = LastOfEachToken(timers);
        return new(InsertSql)
        {
            Parameters =
            {
                Column(rows, NpgsqlDbType.Uuid, row => row.Token),
                Column(rows, NpgsqlDbType.Smallint, row => row.Record.Lane),
                Column(rows, NpgsqlDbType.TimestampTz, row => row.DueAt.UtcDateTime),
                Column(rows, NpgsqlDbType.Text, row => row.Record.Topic),
                Column(rows, NpgsqlDbType.Bytea, row => row.Record.Key),
                Column(rows, NpgsqlDbType.Bytea, row => row.Record.Value),
                Column(rows, NpgsqlDbType.Text, row => row.Record.Headers),
                Column(rows, NpgsqlDbType.Uuid, row => row.Record.MessageId),
                Column(rows, NpgsqlDbType.Text, row => row.Record.MessageType),
                Column(rows, NpgsqlDbType.Uuid, row => row.SagaId),
                Column(rows, NpgsqlDbType.Text, row => row.Consumer),
            },
        };
    }

    /// <summary>One statement that cancels. It waits for a release of these timers that is under way, so that a committed cancel is final.</summary>
    /// <remarks>
    /// Tokens are locked in order, so that two cancels never wait for each other in a circle. The lateral join reads by the
    /// primary key whatever the planner believes about the table's size; <c>= any</c> may flip to reading all of it.
    /// </remarks>
    public static NpgsqlBatchCommand Cancel(IReadOnlyList<Guid> tokens) =>
        new(
            """
            with mine as materialized (
                select timer.token
                from (select distinct token from unnest($1::uuid[]) as wanted (token) order by token) as wanted
                cross join lateral (select token from bus.timers where token = wanted.token for update) as timer
            )
            delete from bus.timers using mine where timers.token = mine.token
            """)
        {
            Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = [.. tokens], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid } },
        };

    private static IReadOnlyList<TimerRow> LastOfEachToken(IReadOnlyList<TimerRow> timers)
    {
        var last = new Dictionary<Guid, TimerRow>(timers.Count);
        foreach (var timer in timers)
            last[timer.Token] = timer;
        return last.Count == timers.Count ? timers : [.. last.Values];
    }
}
