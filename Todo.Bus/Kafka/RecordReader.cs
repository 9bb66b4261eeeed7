using System.Text.Json;
using Todo.Bus.Envelope;

namespace Todo.Bus.Kafka;

/// <summary>Turns records into messages for one endpoint: finds the type by the event's name and reads the body.</summary>
internal sealed class RecordReader(MessageTypes types, IReadOnlySet<Type> wanted, Type? defaultType)
{
    /// <summary>Null when nobody at this endpoint wants the message.</summary>
    /// <exception cref="UnreadableRecordException">The record can never be handled.</exception>
    public ReadyMessage? Read(KafkaRecord record)
    {
        var envelope = EventReader.Read(record.Text, record.Value);
        var type = envelope.Type is { } name ? types.Find(name) : defaultType
            ?? throw new UnreadableRecordException("no-type", "The record does not say what it is: set the CloudEvents attribute `type`, the header `ce_type` or the header `MT-MessageType`.");
        if (type is null || !wanted.Contains(type))
            return null;

        try
        {
            var body = envelope.Data.IsEmpty ? null : JsonSerializer.Deserialize(envelope.Data.Span, type, types.Json);
            if (body is null)
                throw new UnreadableRecordException("bad-data", $"`{envelope.Type}` needs a `data` object.");
            return new ReadyMessage(record, envelope, envelope.MessageId ?? PositionId(record), type, body);
        }
        catch (Exception broken) when (broken is not (UnreadableRecordException or OutOfMemoryException))
        {
            // Reading touches nothing but the record: whatever goes wrong is the record's fault and will be again.
            throw new UnreadableRecordException("bad-data", $"The data of `{envelope.Type}` does not fit: {broken.Message}", broken);
        }
    }

    // A record without an id is known by its place and time: offsets alone start over when a topic is made anew.
    private static Guid PositionId(KafkaRecord record) =>
        EventEnvelope.Derive($"{record.Position.Topic}/{record.Position.Partition.Value}/{record.Position.Offset.Value}/{record.Timestamp.Ticks}");
}
