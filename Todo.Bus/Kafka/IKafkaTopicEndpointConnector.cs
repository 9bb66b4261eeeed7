using Confluent.Kafka;

namespace MassTransit;

/// <summary>Starts and stops reading topics while the bus runs.</summary>
public interface IKafkaTopicEndpointConnector
{
    /// <summary>Reads one more topic. The handle tells when its first partitions have come, and stops it.</summary>
    HostReceiveEndpointHandle ConnectTopicEndpoint<TKey, TValue>(
        string topicName, string groupId, Action<IRiderRegistrationContext, IKafkaTopicReceiveEndpointConfigurator<TKey, TValue>> configure)
        where TValue : class;

    /// <summary>Reads one more topic with the client's own options.</summary>
    HostReceiveEndpointHandle ConnectTopicEndpoint<TKey, TValue>(
        string topicName, ConsumerConfig consumerConfig, Action<IRiderRegistrationContext, IKafkaTopicReceiveEndpointConfigurator<TKey, TValue>> configure)
        where TValue : class;
}
