using Confluent.Kafka;

namespace MassTransit;

/// <summary>Lets serializers that need not wait be used where one that may is asked for.</summary>
public static class KafkaProducerConfiguratorExtensions
{
    /// <summary>The same serializer, in the form that may wait.</summary>
    public static IAsyncSerializer<T> AsAsyncOverSync<T>(this ISerializer<T> serializer) => new AsyncSerializer<T>(serializer);

    /// <summary>Writes keys.</summary>
    public static void SetKeySerializer<TKey, TValue>(this IKafkaProducerConfigurator<TKey, TValue> configurator, ISerializer<TKey> serializer)
        where TValue : class => configurator.SetKeySerializer(serializer.AsAsyncOverSync());

    /// <summary>Writes values.</summary>
    public static void SetValueSerializer<TKey, TValue>(this IKafkaProducerConfigurator<TKey, TValue> configurator, ISerializer<TValue> serializer)
        where TValue : class => configurator.SetValueSerializer(serializer.AsAsyncOverSync());

    private sealed class AsyncSerializer<T>(ISerializer<T> serializer) : IAsyncSerializer<T>
    {
        public Task<byte[]> SerializeAsync(T data, SerializationContext context) => Task.FromResult(serializer.Serialize(data, context));
    }
}
