namespace MassTransit;

/// <summary>Where a consumed message came from. Get it with <c>context.TryGetPayload(out KafkaConsumeContext kafka)</c>.</summary>
public interface KafkaConsumeContext
{
    /// <summary>The consumer group.</summary>
    string GroupId { get; }

    /// <summary>The topic.</summary>
    string Topic { get; }

    /// <summary>The partition.</summary>
    int Partition { get; }

    /// <summary>The offset in that partition.</summary>
    long Offset { get; }

    /// <summary>Always false: the end of a partition is no message here.</summary>
    bool IsPartitionEof { get; }

    /// <summary>The record's timestamp, UTC.</summary>
    DateTime CheckpointUtcDateTime { get; }

    /// <summary>The record key as it came; null where there was none.</summary>
    byte[]? KeyBytes { get; }
}

/// <summary>The same with the key read as the endpoint says.</summary>
public interface KafkaConsumeContext<out TKey> : KafkaConsumeContext
{
    /// <summary>The record key; default where there was none.</summary>
    /// <exception cref="FormatException">The bytes are no such key.</exception>
    TKey Key { get; }
}
