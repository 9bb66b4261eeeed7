using Npgsql;
using NpgsqlTypes;

namespace Todo.Bus.DeadLetters;

internal sealed class DeadLetterStore(NpgsqlDataSource source) : IDeadLetters
{
    private const string Columns =
        "id, state, topic, consumer, partition, \"offset\", key, message_type, message_id, reason, error, attempts, replays, failed_at";

    private const string Fits =
        """
        ($1::bigint[] is null or id = any($1)) and ($2::text is null or state = $2) and ($3::text is null or topic = $3)
        and ($4::text is null or consumer = $4) and ($5::text is null or message_type = $5) and ($6::text is null or reason = $6)
        and ($7::text is null or key = $7) and ($8::text is null or strpos(error, $8) > 0) and ($9::timestamptz is null or failed_at >= $9)
        """;

    public async Task<IReadOnlyList<DeadLetter>> ListAsync(DeadLetterFilter filter, long? before, int limit, CancellationToken ct)
    {
        await using var command = Command(filter, $"select {Columns} from ops.dead_letters where {Fits} and ($10::bigint is null or id < $10) order by id desc limit $11");
        command.Parameters.Add(new() { Value = (object?)before ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint });
        command.Parameters.Add(new() { Value = limit });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var letters = new List<DeadLetter>();
        while (await reader.ReadAsync(ct))
            letters.Add(Read(reader));
        return letters;
    }

    public async Task<DeadLetterDetails?> ShowAsync(long id, CancellationToken ct)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new($"select {Columns}, stack, headers::text, value from ops.dead_letters where id = $1") { Parameters = { new() { Value = id } } });
        batch.BatchCommands.Add(new("select action, actor, note, at from bus.dead_letter_actions where dead_letter_id = $1 order by id") { Parameters = { new() { Value = id } } });
        await using var reader = await batch.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
            return null;
        var (letter, stack, headers, value) = (Read(reader), Text(reader, 14), reader.GetString(15), Text(reader, 16));

        await reader.NextResultAsync(ct);
        var actions = new List<DeadLetterAction>();
        while (await reader.ReadAsync(ct))
            actions.Add(new DeadLetterAction(reader.GetString(0), reader.GetString(1), Text(reader, 2), reader.GetFieldValue<DateTimeOffset>(3)));
        return new DeadLetterDetails(letter, stack, headers, value, actions);
    }

    public Task<int> ReplayAsync(DeadLetterFilter filter, string actor, string? note, CancellationToken ct) => ActAsync(
        filter,
        "replay",
        "state = 'replaying', replays = replays + 1, claimed_at = null, settled_at = null",
        // A discarded letter is replayed only when it is meant: by its id, or by its state.
        filter.Ids is not null || filter.State is not null ? "('waiting', 'discarded')" : "('waiting')",
        actor,
        note,
        ct);

    public Task<int> DiscardAsync(DeadLetterFilter filter, string actor, string note, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(note);
        return ActAsync(filter, "discard", "state = 'discarded', claimed_at = null, settled_at = clock_timestamp()", "('waiting', 'replaying')", actor, note, ct);
    }

    private async Task<int> ActAsync(DeadLetterFilter filter, string action, string change, string from, string actor, string? note, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(actor);
        await using var command = Command(
            filter,
            $"""
            with meant as (
                select id from bus.dead_letters
                where state in {from} and id in (select id from ops.dead_letters where {Fits})
                order by id
                for update
            ), changed as (
                update bus.dead_letters as letter set {change} from meant where letter.id = meant.id
                returning letter.id
            )
            insert into bus.dead_letter_actions (dead_letter_id, action, actor, note)
            select id, $10, $11, $12 from changed
            """);
        command.Parameters.Add(new() { Value = action });
        command.Parameters.Add(new() { Value = actor });
        command.Parameters.Add(new() { Value = (object?)note ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        return await command.ExecuteNonQueryAsync(ct);
    }

    private NpgsqlCommand Command(DeadLetterFilter filter, string sql)
    {
        var command = source.CreateCommand(sql);
        Add(NpgsqlDbType.Array | NpgsqlDbType.Bigint, filter.Ids?.ToArray());
        Add(NpgsqlDbType.Text, filter.State);
        Add(NpgsqlDbType.Text, filter.Topic);
        Add(NpgsqlDbType.Text, filter.Consumer);
        Add(NpgsqlDbType.Text, filter.MessageType);
        Add(NpgsqlDbType.Text, filter.Reason);
        Add(NpgsqlDbType.Text, filter.Key);
        Add(NpgsqlDbType.Text, filter.Error);
        Add(NpgsqlDbType.TimestampTz, filter.Since?.UtcDateTime);
        return command;

        void Add(NpgsqlDbType type, object? value) => command.Parameters.Add(new() { Value = value ?? DBNull.Value, NpgsqlDbType = type });
    }

    private static DeadLetter Read(NpgsqlDataReader reader) => new(
        reader.GetInt64(0),
        reader.GetString(1),
        reader.GetString(2),
        reader.GetString(3),
        reader.GetInt32(4),
        reader.GetInt64(5),
        Text(reader, 6),
        Text(reader, 7),
        reader.IsDBNull(8) ? null : reader.GetGuid(8),
        reader.GetString(9),
        reader.GetString(10),
        reader.GetInt32(11),
        reader.GetInt32(12),
        reader.GetFieldValue<DateTimeOffset>(13));

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
