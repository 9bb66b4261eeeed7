using Confluent.Kafka;

namespace MassTransit;

/// <summary>Configures the rider: where Kafka is, and which topics are read.</summary>
public interface IKafkaFactoryConfigurator : IRiderFactoryConfigurator, ISendObserverConnector, ISendPipelineConfigurator
{
    /// <summary>The brokers to start from. Without it, the <see cref="ClientConfig"/> of the container counts.</summary>
    void Host(IReadOnlyList<string> servers);

    /// <summary>Reads a topic whose records say what they are: any message type that the consumers and sagas configured here declare.</summary>
    /// <remarks>Records of one key are handled in order, each with effect once; other keys go on when one fails.</remarks>
    void TopicEndpoint(string topicName, string groupId, Action<IKafkaTopicReceiveEndpointConfigurator> configure);

    /// <summary>Reads a topic whose records are <typeparamref name="T"/> unless they say otherwise.</summary>
    void TopicEndpoint<T>(string topicName, string groupId, Action<IKafkaTopicReceiveEndpointConfigurator> configure)
        where T : class;

    /// <summary>Ours: every process reads all of the topic from now on, in a group of its own; nothing is kept, so use it for feeds whose loss is harmless.</summary>
    void TopicEndpointPerReplica(string topicName, string name, Action<IKafkaTopicReceiveEndpointConfigurator> configure);
}
