using Todo.Bus.Kafka;

namespace MassTransit;

/// <summary>What a consumer may ask about the record behind its message.</summary>
public static class KafkaConsumeContextExtensions
{
    /// <summary>The partition; null when the message did not come from Kafka.</summary>
    public static int? Partition(this ConsumeContext context) => context.TryGetPayload(out KafkaConsumeContext? kafka) ? kafka.Partition : null;

    /// <summary>The offset; null when the message did not come from Kafka.</summary>
    public static long? Offset(this ConsumeContext context) => context.TryGetPayload(out KafkaConsumeContext? kafka) ? kafka.Offset : null;

    /// <summary>Always false here: the end of a partition is no message.</summary>
    public static bool IsPartitionEof(this ConsumeContext context) => false;

    /// <summary>The record key, read as the endpoint says or from text; default where there was none, or when the message did not come from Kafka.</summary>
    /// <exception cref="FormatException">The bytes are no such key.</exception>
    public static TKey? GetKey<TKey>(this ConsumeContext context) =>
        context.TryGetPayload(out KafkaConsumeContext<TKey>? typed) ? typed.Key
        : context.TryGetPayload(out KafkaConsumeContext? kafka) ? RecordKeys.Read<TKey>(kafka.KeyBytes)
        : default;
}
