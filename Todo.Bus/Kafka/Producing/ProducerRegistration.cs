using Confluent.Kafka;
using MassTransit;
using MassTransit.KafkaIntegration.Serializers;

namespace Todo.Bus.Kafka;

/// <summary>One AddProducer, remembered until the rider is made.</summary>
internal abstract class ProducerRegistration(object owner, string topic)
{
    /// <summary>The bus whose rider it belongs to, by its registrar.</summary>
    public object Owner { get; } = owner;

    public string Topic { get; } = topic;

    /// <summary>Hears the configuration and gives the rider the settings.</summary>
    public abstract void AddTo(TopicProducers producers, IRiderRegistrationContext context, ISendTopology topology, IKafkaSerializerFactory? serializers, IHeadersSerializer? headers);
}

internal sealed class ProducerRegistration<TKey, TValue>(
    object owner, string topic, ProducerConfig? client, Action<IRiderRegistrationContext, IKafkaProducerConfigurator<TKey, TValue>>? configure)
    : ProducerRegistration(owner, topic)
    where TValue : class
{
    public override void AddTo(TopicProducers producers, IRiderRegistrationContext context, ISendTopology topology, IKafkaSerializerFactory? serializers, IHeadersSerializer? headers)
    {
        var settings = new ProducerSettings<TKey, TValue> { Client = client is null ? new ProducerConfig() : new ProducerConfig(((ClientConfig)client).Copy()) };
        configure?.Invoke(context, settings);
        if (settings.Client.TransactionalId is not null)
            throw new ConfigurationException($"The producer of {Topic} asks for a Kafka transaction; the outbox makes its messages part of the database's instead.");
        settings.Complete(topology, serializers, headers);
        producers.Add(Topic, settings);
    }
}
