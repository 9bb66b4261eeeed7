using Confluent.Kafka;
using MassTransit.KafkaIntegration.Serializers;

namespace MassTransit;

/// <summary>Configures the rider: where Kafka is, and which topics are read.</summary>
public interface IKafkaFactoryConfigurator : IRiderFactoryConfigurator, ISendObserverConnector, ISendPipelineConfigurator
{
    /// <summary>Client option <c>acks</c>. Anything but All turns idempotence, and with it the order per key across retries, off.</summary>
    Acks? Acks { set; }

    /// <summary>Client option <c>client.id</c>.</summary>
    string ClientId { set; }

    /// <summary>Client option <c>message.max.bytes</c>.</summary>
    int? MessageMaxBytes { set; }

    /// <summary>Client option <c>message.copy.max.bytes</c>.</summary>
    int? MessageCopyMaxBytes { set; }

    /// <summary>Client option <c>receive.message.max.bytes</c>.</summary>
    int? ReceiveMessageMaxBytes { set; }

    /// <summary>Client option <c>max.in.flight</c>. More than 5 turns idempotence off.</summary>
    int? MaxInFlight { set; }

    /// <summary>Client option <c>topic.metadata.refresh.interval.ms</c>.</summary>
    TimeSpan? TopicMetadataRefreshInterval { set; }

    /// <summary>Client option <c>metadata.max.age.ms</c>.</summary>
    TimeSpan? MetadataMaxAge { set; }

    /// <summary>Client option <c>topic.metadata.refresh.fast.interval.ms</c>.</summary>
    TimeSpan? TopicMetadataRefreshFastInterval { set; }

    /// <summary>Client option <c>topic.metadata.refresh.sparse</c>.</summary>
    bool? TopicMetadataRefreshSparse { set; }

    /// <summary>Client option <c>topic.blacklist</c>.</summary>
    string TopicBlacklist { set; }

    /// <summary>Client option <c>debug</c>.</summary>
    string Debug { set; }

    /// <summary>Client option <c>broker.address.ttl</c>. In milliseconds.</summary>
    int? BrokerAddressTtl { set; }

    /// <summary>Client option <c>broker.address.family</c>.</summary>
    BrokerAddressFamily? BrokerAddressFamily { set; }

    /// <summary>Client option <c>reconnect.backoff.ms</c>.</summary>
    TimeSpan? ReconnectBackoff { set; }

    /// <summary>Client option <c>reconnect.backoff.max.ms</c>.</summary>
    TimeSpan? ReconnectBackoffMax { set; }

    /// <summary>Client option <c>statistics.interval.ms</c>.</summary>
    TimeSpan? StatisticsInterval { set; }

    /// <summary>Client option <c>log.queue</c>.</summary>
    bool? LogQueue { set; }

    /// <summary>Client option <c>log.thread.name</c>.</summary>
    bool? LogThreadName { set; }

    /// <summary>Client option <c>log.connection.close</c>.</summary>
    bool? LogConnectionClose { set; }

    /// <summary>Client option <c>internal.termination.signal</c>.</summary>
    int? InternalTerminationSignal { set; }

    /// <summary>Client option <c>security.protocol</c>.</summary>
    SecurityProtocol? SecurityProtocol { set; }

    /// <summary>Client option <c>plugin.library.paths</c>.</summary>
    string PluginLibraryPaths { set; }

    /// <summary>Client option <c>client.rack</c>.</summary>
    string ClientRack { set; }

    /// <summary>The brokers to start from. Without it, the <see cref="ClientConfig"/> of the container counts. Call it once.</summary>
    void Host(IReadOnlyList<string> servers, Action<IKafkaHostConfigurator>? configure = null);

    /// <summary>Fetches a new token whenever the brokers want one (SASL with OAUTHBEARER).</summary>
    void OAuthBearerTokenRefreshHandler(Action<IClient, string> handler);

    /// <summary>How the client finds out what the brokers can do.</summary>
    void ConfigureApi(Action<IKafkaApiConfigurator> configure);

    /// <summary>The client's sockets.</summary>
    void ConfigureSocket(Action<IKafkaSocketConfigurator> configure);

    /// <summary>Reads record headers on all typed topic endpoints that are not given their own.</summary>
    void SetHeadersDeserializer(IHeadersDeserializer deserializer);

    /// <summary>Writes record headers of all producers that are not given their own.</summary>
    void SetHeadersSerializer(IHeadersSerializer serializer);

    /// <summary>Reads and writes keys and values of all typed topic endpoints and producers that are not given their own. Without it: text keys and CloudEvents.</summary>
    void SetSerializationFactory(IKafkaSerializerFactory factory);

    /// <summary>Reads a topic whose records are <typeparamref name="TValue"/> unless they say otherwise. A name that begins with <c>^</c> is a regular expression.</summary>
    /// <remarks>Records of one key are handled in order, each with effect once; other keys go on when one fails.</remarks>
    void TopicEndpoint<TKey, TValue>(string topicName, string groupId, Action<IKafkaTopicReceiveEndpointConfigurator<TKey, TValue>> configure)
        where TValue : class;

    /// <summary>The same with the client's own options; when offsets are stored stays our business.</summary>
    void TopicEndpoint<TKey, TValue>(string topicName, ConsumerConfig consumerConfig, Action<IKafkaTopicReceiveEndpointConfigurator<TKey, TValue>> configure)
        where TValue : class;

    /// <summary>Ours: reads a topic whose records say what they are: any message type that the consumers and sagas configured here declare.</summary>
    void TopicEndpoint(string topicName, string groupId, Action<IKafkaTopicReceiveEndpointConfigurator> configure);

    /// <summary>Ours: every process reads all of the topic from now on, in a group of its own; nothing is kept, so use it for feeds whose loss is harmless.</summary>
    void TopicEndpointPerReplica(string topicName, string name, Action<IKafkaTopicReceiveEndpointConfigurator> configure);
}
