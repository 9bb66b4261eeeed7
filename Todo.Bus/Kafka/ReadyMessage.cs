using Todo.Bus.Envelope;

namespace Todo.Bus.Kafka;

/// <summary>A record whose event this endpoint knows, read and ready to be handled.</summary>
internal sealed record ReadyMessage(KafkaRecord Record, EventEnvelope Envelope, Guid MessageId, Type Type, object Body);
