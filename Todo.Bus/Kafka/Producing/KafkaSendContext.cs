using Confluent.Kafka;

namespace MassTransit;

/// <summary>A message on its way to a topic.</summary>
public interface KafkaSendContext : SendContext
{
    /// <summary>The partition to write to; <see cref="Partition.Any"/> (the default) lets the key decide.</summary>
    Partition Partition { get; set; }
}

/// <summary>A typed message on its way to a topic.</summary>
public interface KafkaSendContext<T> : KafkaSendContext, SendContext<T>
    where T : class
{
    /// <summary>Writes the value. Null (the default) means: a CloudEvent.</summary>
    IAsyncSerializer<T>? ValueSerializer { get; set; }
}

/// <summary>A typed message on its way to a topic, with its key.</summary>
public interface KafkaSendContext<TKey, T> : KafkaSendContext<T>
    where T : class
{
    /// <summary>The record key; null for none.</summary>
    TKey Key { get; set; }

    /// <summary>Writes the key. Null (the default) means: as text.</summary>
    IAsyncSerializer<TKey>? KeySerializer { get; set; }
}
