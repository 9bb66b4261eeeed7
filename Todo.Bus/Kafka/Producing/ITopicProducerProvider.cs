using MassTransit.KafkaIntegration;
using Todo.Bus.Kafka;

namespace MassTransit;

/// <summary>Finds a producer for any topic. From a scope it has the promises of <see cref="ITopicProducer{TKey,TValue}"/>; from the rider it writes at once.</summary>
public interface ITopicProducerProvider
{
    /// <summary>A producer for <c>topic:{name}</c>, set up as AddProducer did for these types and this topic, if it did.</summary>
    ITopicProducer<TKey, TValue> GetProducer<TKey, TValue>(Uri address)
        where TValue : class;
}

/// <summary>Keyless forms.</summary>
public static class TopicProducerProviderExtensions
{
    /// <summary>A producer whose messages carry no key.</summary>
    public static ITopicProducer<TValue> GetProducer<TValue>(this ITopicProducerProvider provider, Uri address)
        where TValue : class => provider.GetProducer<Confluent.Kafka.Null, TValue>(address, _ => null!);

    /// <summary>A producer whose key is resolved from the message.</summary>
    public static ITopicProducer<TValue> GetProducer<TKey, TValue>(this ITopicProducerProvider provider, Uri address, KafkaKeyResolver<TKey, TValue> keyResolver)
        where TValue : class => new KeylessTopicProducer<TKey, TValue>(provider.GetProducer<TKey, TValue>(address), keyResolver);
}
