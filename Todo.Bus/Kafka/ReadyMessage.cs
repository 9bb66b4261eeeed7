using Todo.Bus.Envelope;

namespace Todo.Bus.Kafka;

/// <summary>A record whose event this endpoint knows, read and ready to be handled.</summary>
/// <param name="Record">Where it came from.</param>
/// <param name="Envelope">What it says about itself.</param>
/// <param name="MessageId">What its writer calls it, as consumers see it.</param>
/// <param name="InboxId">What the inbox knows it by.</param>
/// <param name="Type">The message's type.</param>
/// <param name="Body">The message.</param>
internal sealed record ReadyMessage(KafkaRecord Record, EventEnvelope Envelope, Guid MessageId, Guid InboxId, Type Type, object Body);
