using System.Text;

namespace Todo.Bus.Outbox;

/// <summary>One record waiting for Kafka, as stored in <c>bus.outbox</c>: the bytes are final, so a relay only sends.</summary>
/// <param name="Topic">The topic it goes to.</param>
/// <param name="Partition">A partition the producer asked for; null lets the key decide.</param>
/// <param name="Key">The record key; null for none.</param>
/// <param name="Value">The record value; null is a tombstone.</param>
/// <param name="Headers">The record headers as a JSON object of text values.</param>
/// <param name="MessageId">The event's id.</param>
/// <param name="MessageType">The event's type, for people.</param>
public sealed record OutboxRow(
    string Topic,
    int? Partition,
    byte[]? Key,
    byte[]? Value,
    string Headers,
    Guid MessageId,
    string MessageType)
{
    /// <summary>The lane this row is relayed in; rows of one topic and key share it.</summary>
    public short Lane { get; } = Lanes.Of(Topic, Key);

    /// <summary>Key as text, for logs; keys are ids.</summary>
    public string KeyText => Key is null ? "" : Encoding.UTF8.GetString(Key);
}
