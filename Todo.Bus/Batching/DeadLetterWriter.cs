using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Npgsql;
using Todo.Bus.DeadLetters;
using Todo.Bus.Envelope;
using Todo.Bus.Kafka;
using Todo.Bus.Outbox;
using Todo.Bus.Telemetry;

namespace Todo.Bus.Batching;

/// <summary>Puts a record aside for good: a row people can see and replay, and a record on <c>topic.group.dead-letter</c>, in one transaction.</summary>
internal sealed class DeadLetterWriter(NpgsqlDataSource? source, TopicEndpointSettings settings, OutboxSignal outbox, ILogger logger)
{
    private const int MostText = 8_000;

    /// <summary>What a broker takes, less room for headers. A larger value stays in the table; refused by the broker, its record would stop its key.</summary>
    private const int LargestValue = 900_000;

    public async Task WriteAsync(KafkaRecord record, Exception reason, CancellationToken ct)
    {
        var position = record.Position;
        var why = reason is UnreadableRecordException unreadable ? unreadable.Reason : "failed";
        var error = Shorten(Describe(reason));
        BatchingLog.DeadLetter(logger, reason, position.Topic, position.Partition.Value, position.Offset.Value, settings.Consumer, record.Failures, why);
        if (source is not null)
            await StoreAsync(source, record, reason, why, error, ct);
        BusMetrics.DeadLetter(position.Topic, settings.Consumer, why);
    }

    private async Task StoreAsync(NpgsqlDataSource database, KafkaRecord record, Exception reason, string why, string error, CancellationToken ct)
    {
        var position = record.Position;

        var headers = new JsonObject();
        foreach (var (name, value) in record.Text.All())
            headers[name] = value;
        var envelope = Envelope(record);
        var row = new DeadLetterRow(
            position.Topic, settings.Consumer, position.Partition.Value, position.Offset.Value, record.Key, record.Value, headers.ToJsonString(),
            envelope.MessageId, envelope.Type, why, error, Shorten(reason.ToString()), record.Failures);

        var about = (JsonObject)headers.DeepClone();
        about["dead-letter-reason"] = why;
        about["dead-letter-error"] = error;
        about["dead-letter-group"] = settings.Consumer;
        about["dead-letter-topic"] = position.Topic;
        about["dead-letter-partition"] = position.Partition.Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
        about["dead-letter-offset"] = position.Offset.Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
        about["dead-letter-attempts"] = record.Failures.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var tooLarge = record.Value is { Length: > LargestValue };
        if (tooLarge)
            about["dead-letter-value"] = "left out; it is in ops.dead_letters";
        var letter = new OutboxRow(
            $"{position.Topic}.{settings.Consumer}.dead-letter", null, record.Key, tooLarge ? null : record.Value, about.ToJsonString(),
            envelope.MessageId ?? Guid.CreateVersion7(), envelope.Type ?? "unknown");

        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { DeadLetterTable.Insert([row]), OutboxTable.Insert([letter]) } };
        await batch.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        outbox.Wake(1 << letter.Lane);
    }

    private static EventEnvelope Envelope(KafkaRecord record)
    {
        try
        {
            return EventReader.Read(record.Text, record.Value);
        }
        catch (Exception unreadable) when (unreadable is not OutOfMemoryException)
        {
            return default;
        }
    }

    /// <summary>What went wrong at the root comes first: that is what people search for.</summary>
    private static string Describe(Exception reason)
    {
        if (reason is UnreadableRecordException)
            return reason.Message;
        var root = reason.GetBaseException();
        return root == reason || root.Message == reason.Message ? reason.Message : $"{root.Message} ({reason.Message})";
    }

    private static string Shorten(string text) => text.Length <= MostText ? text : text[..MostText];
}
