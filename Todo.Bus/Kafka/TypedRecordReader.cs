using Confluent.Kafka;
using MassTransit.Transports;
using Todo.Bus.Envelope;

namespace Todo.Bus.Kafka;

/// <summary>Reads records of one type, with deserializers of their own where there are any.</summary>
internal sealed class TypedRecordReader<TKey, TValue>(MessageTypes types, IReadOnlySet<Type> wanted, TopicEndpointSettings endpoint, IDeserializer<TKey>? keys, IDeserializer<TValue>? values)
    : RecordReader(types, wanted, endpoint, typeof(TValue))
    where TValue : class
{
    public override ReadyMessage? Read(KafkaRecord record)
    {
        if (values is null)
            return base.Read(record);
        if (record.Value is null)
            return null; // a tombstone is nothing to handle

        var envelope = EventReader.FromHeaders(record.Text, record.Value);
        try
        {
            var body = values.Deserialize(record.Value, false, new SerializationContext(MessageComponentType.Value, record.Position.Topic, record.Headers))
                ?? throw new InvalidOperationException("it reads as null");
            return Ready(record, envelope, typeof(TValue), body);
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            throw new UnreadableRecordException("bad-data", $"The value is no {typeof(TValue).Name}: {broken.Message}", broken);
        }
    }

    public override RecordReceiveContext Open(ReadyMessage message, ReceiveEndpointContext endpoint, Uri inputAddress, string groupId, params object[] payloads) =>
        new RecordReceiveContext<TKey>(message, endpoint, inputAddress, groupId, HeadersOf(message), keys, payloads);
}
