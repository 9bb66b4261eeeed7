using Npgsql;
using NpgsqlTypes;
using static Todo.Bus.Outbox.OutboxTable;

namespace Todo.Bus.DeadLetters;

/// <summary>What a consumer does with <c>bus.dead_letters</c>: lay letters down, and take up those that are to be replayed.</summary>
internal static class DeadLetterTable
{
    /// <summary>How long a claimed letter belongs to its claimer; one that crashed gives it back by then.</summary>
    public static readonly TimeSpan ClaimTimeout = TimeSpan.FromSeconds(60);

    // A record that comes again (a replay that failed, a redelivery) is the same letter: it waits again and keeps its history.
    // One that somebody discarded stays discarded.
    private const string InsertSql =
        """
        insert into bus.dead_letters as letter
               (topic, consumer, partition, "offset", key, value, headers, message_id, message_type, reason, error, stack, attempts)
        select topic, consumer, partition, "offset", key, value, headers::jsonb, message_id, message_type, reason, error, stack, attempts
        from unnest($1::text[], $2::text[], $3::integer[], $4::bigint[], $5::bytea[], $6::bytea[], $7::text[], $8::uuid[], $9::text[], $10::text[], $11::text[], $12::text[], $13::integer[])
             with ordinality as row (topic, consumer, partition, "offset", key, value, headers, message_id, message_type, reason, error, stack, attempts, place)
        order by place
        on conflict (topic, consumer, partition, "offset", fingerprint) do update
        set state = 'waiting', claimed_at = null, settled_at = null, reason = excluded.reason, error = excluded.error, stack = excluded.stack,
            attempts = letter.attempts + excluded.attempts, failed_at = clock_timestamp()
        where letter.state <> 'discarded'
        """;

    private const string ClaimSql =
        """
        with mine as (
            select id from bus.dead_letters
            where state = 'replaying' and topic = any($1) and consumer = $2
              and (claimed_at is null or claimed_at < clock_timestamp() - $4)
            order by id
            limit $3
            for update skip locked
        ), claimed as (
            update bus.dead_letters as letter set claimed_at = clock_timestamp() from mine where letter.id = mine.id
            returning letter.id, letter.partition, letter."offset", letter.key, letter.value, letter.headers::text, letter.topic
        )
        select * from claimed order by id
        """;

    /// <summary>One statement that stores the letters; one that is there already waits again, with its history.</summary>
    public static NpgsqlBatchCommand Insert(IReadOnlyList<DeadLetterRow> letters)
    {
        var rows = LastOfEachRecord(letters);
        return new(InsertSql)
        {
            Parameters =
            {
                Column(rows, NpgsqlDbType.Text, row => row.Topic),
                Column(rows, NpgsqlDbType.Text, row => row.Consumer),
                Column(rows, NpgsqlDbType.Integer, row => row.Partition),
                Column(rows, NpgsqlDbType.Bigint, row => row.Offset),
                Column(rows, NpgsqlDbType.Bytea, row => row.Key),
                Column(rows, NpgsqlDbType.Bytea, row => row.Value),
                Column(rows, NpgsqlDbType.Text, row => Json(row.Headers)),
                Column(rows, NpgsqlDbType.Uuid, row => row.MessageId),
                Column(rows, NpgsqlDbType.Text, row => WithoutNul(row.MessageType)),
                Column(rows, NpgsqlDbType.Text, row => row.Reason),
                Column(rows, NpgsqlDbType.Text, row => WithoutNul(row.Error)),
                Column(rows, NpgsqlDbType.Text, row => WithoutNul(row.Stack)),
                Column(rows, NpgsqlDbType.Integer, row => row.Attempts),
            },
        };
    }

    /// <summary>Takes letters that are to be replayed in this consumer, oldest first. Nobody else gets them until <see cref="ClaimTimeout"/> is over.</summary>
    public static async Task<IReadOnlyList<ReplayRow>> ClaimReplaysAsync(
        NpgsqlDataSource source, string[] topics, string consumer, int limit, CancellationToken ct)
    {
        await using var command = source.CreateCommand(ClaimSql);
        command.Parameters.Add(new() { Value = topics });
        command.Parameters.Add(new() { Value = consumer });
        command.Parameters.Add(new() { Value = limit });
        command.Parameters.Add(new() { Value = ClaimTimeout });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<ReplayRow>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(new ReplayRow(
                reader.GetInt64(0),
                reader.GetInt32(1),
                reader.GetInt64(2),
                reader.IsDBNull(3) ? null : reader.GetFieldValue<byte[]>(3),
                reader.IsDBNull(4) ? null : reader.GetFieldValue<byte[]>(4),
                reader.GetString(5),
                reader.GetString(6)));
        }

        return rows;
    }

    /// <summary>One statement for the transaction of the effect: these letters have been handled at last.</summary>
    public static NpgsqlBatchCommand MarkReplayed(IReadOnlyList<long> ids) =>
        new("update bus.dead_letters set state = 'replayed', claimed_at = null, settled_at = clock_timestamp() where id = any($1) and state = 'replaying'")
        {
            Parameters = { new NpgsqlParameter<long[]> { TypedValue = [.. ids] } },
        };

    private static IReadOnlyList<DeadLetterRow> LastOfEachRecord(IReadOnlyList<DeadLetterRow> letters)
    {
        var last = new Dictionary<(string, string, int, long), DeadLetterRow>(letters.Count);
        foreach (var letter in letters)
            last[(letter.Topic, letter.Consumer, letter.Partition, letter.Offset)] = letter;
        return last.Count == letters.Count ? letters : [.. last.Values];
    }

    // Postgres text holds every character but this one; garbage must not make a second failure of the first.
    private static string? WithoutNul(string? text) => text?.Replace('\0', '\uFFFD');
}
