using Confluent.Kafka;
using Todo.Bus.Envelope;

namespace Todo.Bus.Kafka;

/// <summary>One record on its way through an endpoint: where it came from, its bytes, and how often it was tried.</summary>
internal sealed class KafkaRecord
{
    public required TopicPartitionOffset Position { get; init; }

    public byte[]? Key { get; init; }

    public byte[]? Value { get; init; }

    public Headers? Headers { get; init; }

    public DateTime Timestamp { get; init; }

    /// <summary>Keeps the offset from being committed until this record is settled; null for a replayed dead letter.</summary>
    public PartitionTracker? Tracker { get; init; }

    /// <summary>The dead letter this is a replay of.</summary>
    public long? DeadLetterId { get; init; }

    /// <summary>How often handling it has failed.</summary>
    public int Failures { get; set; }

    public RecordHeaders Text => new(Headers);

    /// <summary>True when the partition goes to another consumer: that one will handle the record.</summary>
    public bool Gone => Tracker is { Leaving: true };

    /// <summary>True once the record has had its effect, or was put aside for good.</summary>
    public bool Settled { get; private set; }

    /// <summary>Takes the record in hand; false when it is gone.</summary>
    public bool TryTake() => Tracker is null || Tracker.TryTake();

    /// <summary>Ends what <see cref="TryTake"/> began.</summary>
    public void PutDown() => Tracker?.PutDown();

    /// <summary>The record has had its effect, or was put aside for good.</summary>
    public void Settle()
    {
        if (Settled)
            return;
        Settled = true;
        Tracker?.Settle(Position.Offset.Value);
    }
}
