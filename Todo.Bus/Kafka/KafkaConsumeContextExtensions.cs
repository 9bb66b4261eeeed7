using System.Text;

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

    /// <summary>The record key as text, a Guid or bytes.</summary>
    /// <exception cref="NotSupportedException">The key is asked for as another type.</exception>
    public static TKey? GetKey<TKey>(this ConsumeContext context)
    {
        if (!context.TryGetPayload(out KafkaConsumeContext? kafka) || kafka.KeyBytes is not { } bytes)
            return default;
        if (typeof(TKey) == typeof(byte[]))
            return (TKey)(object)bytes;
        var text = Encoding.UTF8.GetString(bytes);
        if (typeof(TKey) == typeof(string))
            return (TKey)(object)text;
        if (typeof(TKey) == typeof(Guid))
            return Guid.TryParse(text, out var id) ? (TKey)(object)id : default;
        throw new NotSupportedException($"A record key is read as string, Guid or byte[], not {typeof(TKey).Name}.");
    }
}
