using Npgsql;
using NpgsqlTypes;
using Todo.Bus.DeadLetters;

namespace Todo.Bus.Outbox;

/// <summary>A message that waits to leave, as people look at it.</summary>
/// <param name="Id">Names it.</param>
/// <param name="State"><c>waiting</c> or <c>refused</c>.</param>
/// <param name="Target">The topic, or the address on the bus.</param>
/// <param name="Key">The record key as text.</param>
/// <param name="MessageType">What it is.</param>
/// <param name="MessageId">Its id.</param>
/// <param name="Attempts">How often it was refused.</param>
/// <param name="Error">Why, last.</param>
/// <param name="CreatedAt">When it was written.</param>
internal sealed record WaitingMessage(long Id, string State, string Target, string? Key, string MessageType, Guid MessageId, int Attempts, string? Error, DateTimeOffset CreatedAt);

/// <summary>What people can do about messages that Kafka, or the bus, refuses for good. Everything done is kept with its actor.</summary>
internal sealed class RefusedMessages(NpgsqlDataSource source, RefusedMessages.Shelf shelf)
{
    /// <summary>Records for topics. The key goes on: what waits behind a record is released with it, in order.</summary>
    public static readonly Shelf Records = new(
        "(select id, state, topic as target, key, message_type, message_id, attempts, last_error, created_at from ops.outbox)",
        "select id, topic as target, key, message_id, message_type, last_error, headers, value from bus.outbox where failed_at is not null",
        """
        update bus.outbox set failed_at = null, last_error = null from meant
        where failed_at is not null and (outbox.id = meant.id or (outbox.topic = meant.target and outbox.key = meant.key))
        """,
        "delete from bus.outbox using meant where outbox.id = meant.id",
        """
        update bus.outbox set failed_at = null, last_error = null from meant
        where failed_at is not null and outbox.topic = meant.target and outbox.key = meant.key and outbox.id not in (select id from meant)
        """);

    /// <summary>Messages published or sent on the bus beneath the topics.</summary>
    public static readonly Shelf OnTheBus = new(
        "(select id, case state when 'failed' then 'refused' else state end as state, destination as target, null::text as key, message_type, message_id, attempts, last_error, created_at from ops.bus_messages)",
        "select id, destination as target, null::bytea as key, message_id, message_type, last_error, envelope as headers, convert_to(body, 'UTF8') as value from bus.messages where failed_at is not null",
        "update bus.messages set failed_at = null, attempts = 0, last_error = null from meant where messages.id = meant.id",
        "delete from bus.messages using meant where messages.id = meant.id",
        "select");

    private const string Fits =
        """
        ($1::bigint[] is null or id = any($1)) and ($2::text is null or state = $2) and ($3::text is null or target = $3)
        and ($4::text is null or message_type = $4) and ($5::text is null or key = $5)
        and ($6::text is null or strpos(last_error, $6) > 0) and ($7::timestamptz is null or created_at >= $7)
        """;

    public async Task<IReadOnlyList<WaitingMessage>> ListAsync(DeadLetterFilter filter, long? before, int limit, CancellationToken ct)
    {
        await using var command = Command(
            filter,
            $"select id, state, target, key, message_type, message_id, attempts, last_error, created_at from {shelf.View} as seen where {Fits} and ($8::bigint is null or id < $8) order by id desc limit $9");
        command.Parameters.Add(new() { Value = (object?)before ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint });
        command.Parameters.Add(new() { Value = limit });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var messages = new List<WaitingMessage>();
        while (await reader.ReadAsync(ct))
        {
            messages.Add(new WaitingMessage(
                reader.GetInt64(0), reader.GetString(1), reader.GetString(2), Text(reader, 3), reader.GetString(4), reader.GetGuid(5),
                reader.GetInt32(6), Text(reader, 7), reader.GetFieldValue<DateTimeOffset>(8)));
        }

        return messages;
    }

    /// <summary>Lets refused messages go out again. Returns how many were meant.</summary>
    public Task<int> RetryAsync(DeadLetterFilter filter, string actor, string? note, CancellationToken ct) => ActAsync(filter, "retry", shelf.Release, "select", actor, note, ct);

    /// <summary>Gives refused messages up; their bytes are kept with the note. Returns how many.</summary>
    public Task<int> DiscardAsync(DeadLetterFilter filter, string actor, string note, CancellationToken ct) => ActAsync(filter, "discard", shelf.Delete, shelf.ReleaseBehind, actor, note, ct);

    private async Task<int> ActAsync(DeadLetterFilter filter, string action, string change, string then, string actor, string? note, CancellationToken ct)
    {
        await using var command = Command(
            filter,
            $"""
            with meant as materialized (
                {shelf.Refused} and id in (select id from {shelf.View} as seen where {Fits})
                order by id
                for update
            ), changed as (
                {change}
            ), released as (
                {then}
            )
            insert into bus.outbox_actions (action, actor, note, target, key, message_id, message_type, error, headers, value)
            select $8, $9, $10, target, key, message_id, message_type, last_error, headers, value from meant order by id
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
        Add(NpgsqlDbType.Text, filter.MessageType);
        Add(NpgsqlDbType.Text, filter.Key);
        Add(NpgsqlDbType.Text, filter.Error);
        Add(NpgsqlDbType.TimestampTz, filter.Since?.UtcDateTime);
        return command;

        void Add(NpgsqlDbType type, object? value) => command.Parameters.Add(new() { Value = value ?? DBNull.Value, NpgsqlDbType = type });
    }

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>Where refused messages lie.</summary>
    /// <param name="View">What people see of it.</param>
    /// <param name="Refused">The refused ones, with their bytes.</param>
    /// <param name="Release">Lets those meant go out again.</param>
    /// <param name="Delete">Removes those meant.</param>
    /// <param name="ReleaseBehind">Lets go what waited behind those removed.</param>
    public sealed record Shelf(string View, string Refused, string Release, string Delete, string ReleaseBehind);
}
