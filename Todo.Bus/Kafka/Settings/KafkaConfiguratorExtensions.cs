using Confluent.Kafka;

namespace MassTransit;

/// <summary>Shorter forms.</summary>
public static class KafkaConfiguratorExtensions
{
    /// <summary>The one broker to start from.</summary>
    public static void Host(this IKafkaFactoryConfigurator configurator, string server, Action<IKafkaHostConfigurator>? configure = null) =>
        configurator.Host([server], configure);

    /// <summary>Reads a topic whose keys nobody asks for.</summary>
    public static void TopicEndpoint<T>(
        this IKafkaFactoryConfigurator configurator, string topicName, string groupId, Action<IKafkaTopicReceiveEndpointConfigurator<Ignore, T>> configure)
        where T : class => configurator.TopicEndpoint(topicName, groupId, configure);

    /// <summary>Reads a topic whose keys nobody asks for.</summary>
    public static void TopicEndpoint<T>(
        this IKafkaFactoryConfigurator configurator, string topicName, ConsumerConfig consumerConfig, Action<IKafkaTopicReceiveEndpointConfigurator<Ignore, T>> configure)
        where T : class => configurator.TopicEndpoint(topicName, consumerConfig, configure);

    /// <summary>Reads one more topic while the bus runs.</summary>
    public static HostReceiveEndpointHandle ConnectTopicEndpoint<T>(
        this IKafkaTopicEndpointConnector connector, string topicName, string groupId, Action<IRiderRegistrationContext, IKafkaTopicReceiveEndpointConfigurator<Ignore, T>> configure)
        where T : class => connector.ConnectTopicEndpoint(topicName, groupId, configure);

    /// <summary>Reads one more topic while the bus runs.</summary>
    public static HostReceiveEndpointHandle ConnectTopicEndpoint<T>(
        this IKafkaTopicEndpointConnector connector, string topicName, ConsumerConfig consumerConfig, Action<IRiderRegistrationContext, IKafkaTopicReceiveEndpointConfigurator<Ignore, T>> configure)
        where T : class => connector.ConnectTopicEndpoint(topicName, consumerConfig, configure);
}
