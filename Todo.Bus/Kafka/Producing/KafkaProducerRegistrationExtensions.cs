using Confluent.Kafka;
using MassTransit.KafkaIntegration;
using Microsoft.Extensions.DependencyInjection;
using Todo.Bus.Kafka;

namespace MassTransit;

/// <summary>Registers producers. Of several for the same types the first is the one injected; all are found by topic through <see cref="ITopicProducerProvider"/>.</summary>
public static class KafkaProducerRegistrationExtensions
{
    /// <summary>Registers a scoped <see cref="ITopicProducer{TValue}"/> whose messages carry no key.</summary>
    public static void AddProducer<T>(
        this IRiderRegistrationConfigurator configurator, string topicName, Action<IRiderRegistrationContext, IKafkaProducerConfigurator<Null, T>>? configure = null)
        where T : class => Keyless(configurator, topicName, null, _ => null!, configure);

    /// <summary>The same, with client options for this topic alone.</summary>
    public static void AddProducer<T>(
        this IRiderRegistrationConfigurator configurator, string topicName, ProducerConfig producerConfig, Action<IRiderRegistrationContext, IKafkaProducerConfigurator<Null, T>>? configure = null)
        where T : class => Keyless(configurator, topicName, producerConfig, _ => null!, configure);

    /// <summary>Registers a scoped <see cref="ITopicProducer{TKey,TValue}"/>.</summary>
    public static void AddProducer<TKey, T>(
        this IRiderRegistrationConfigurator configurator, string topicName, Action<IRiderRegistrationContext, IKafkaProducerConfigurator<TKey, T>>? configure = null)
        where T : class => Keyed(configurator, topicName, null, configure);

    /// <summary>The same, with client options for this topic alone.</summary>
    public static void AddProducer<TKey, T>(
        this IRiderRegistrationConfigurator configurator, string topicName, ProducerConfig producerConfig, Action<IRiderRegistrationContext, IKafkaProducerConfigurator<TKey, T>>? configure = null)
        where T : class => Keyed(configurator, topicName, producerConfig, configure);

    /// <summary>Registers a scoped <see cref="ITopicProducer{TValue}"/> whose key is resolved from the message, and the keyed form besides.</summary>
    public static void AddProducer<TKey, T>(
        this IRiderRegistrationConfigurator configurator, string topicName, KafkaKeyResolver<TKey, T> keyResolver, Action<IRiderRegistrationContext, IKafkaProducerConfigurator<TKey, T>>? configure = null)
        where T : class => Keyless(configurator, topicName, null, keyResolver, configure);

    /// <summary>The same, with client options for this topic alone.</summary>
    public static void AddProducer<TKey, T>(
        this IRiderRegistrationConfigurator configurator, string topicName, ProducerConfig producerConfig, KafkaKeyResolver<TKey, T> keyResolver, Action<IRiderRegistrationContext, IKafkaProducerConfigurator<TKey, T>>? configure = null)
        where T : class => Keyless(configurator, topicName, producerConfig, keyResolver, configure);

    private static void Keyed<TKey, T>(
        IRiderRegistrationConfigurator configurator, string topic, ProducerConfig? client, Action<IRiderRegistrationContext, IKafkaProducerConfigurator<TKey, T>>? configure)
        where T : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(topic);
        configurator.AddSingleton<ProducerRegistration>(new ProducerRegistration<TKey, T>(configurator.Registrar, topic, client, configure));
        configurator.TryAddScoped<IKafkaRider, ITopicProducer<TKey, T>>((rider, scope) => ((KafkaRider)rider).Producer<TKey, T>(scope, topic));
    }

    private static void Keyless<TKey, T>(
        IRiderRegistrationConfigurator configurator,
        string topic,
        ProducerConfig? client,
        KafkaKeyResolver<TKey, T> resolver,
        Action<IRiderRegistrationContext, IKafkaProducerConfigurator<TKey, T>>? configure)
        where T : class
    {
        Keyed(configurator, topic, client, configure);
        configurator.TryAddScoped<IKafkaRider, ITopicProducer<T>>((rider, scope) => new KeylessTopicProducer<TKey, T>(((KafkaRider)rider).Producer<TKey, T>(scope, topic), resolver));
    }
}
