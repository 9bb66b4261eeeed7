using Confluent.Kafka;
using MassTransit;
using MassTransit.Configuration;
using MassTransit.KafkaIntegration.Serializers;
using MassTransit.Observables;
using MassTransit.Transports;
using Microsoft.Extensions.DependencyInjection;

namespace Todo.Bus.Kafka;

/// <summary>Remembers what UsingKafka asks for until the bus is there, then builds the rider.</summary>
internal sealed class KafkaFactoryConfigurator(IRiderRegistrationContext context, ClientConfig client, object owner, bool ownsOutbox)
    : IKafkaFactoryConfigurator, IBusInstanceSpecification
{
    private readonly List<(string Topic, string GroupId, Func<RiderEndpoints, TopicEndpointConfiguration> Make)> _endpoints = [];
    private readonly List<Action<ISendPipeConfigurator>> _sendPipe = [];
    private readonly ReceiveEndpointCollection _collection = new();
    private readonly SendObservable _sendObservers = new();
    private readonly ClientConfig _client = client.Copy();
    private IHeadersDeserializer? _headersDeserializer;
    private IHeadersSerializer? _headersSerializer;
    private IKafkaSerializerFactory? _serializers;
    private Action<IClient, string>? _tokenRefresh;
    private bool _hosted;

    public Acks? Acks { set => _client.Acks = value; }

    public string ClientId { set => _client.ClientId = value; }

    public int? MessageMaxBytes { set => _client.MessageMaxBytes = value; }

    public int? MessageCopyMaxBytes { set => _client.MessageCopyMaxBytes = value; }

    public int? ReceiveMessageMaxBytes { set => _client.ReceiveMessageMaxBytes = value; }

    public int? MaxInFlight { set => _client.MaxInFlight = value; }

    public TimeSpan? TopicMetadataRefreshInterval { set => _client.TopicMetadataRefreshIntervalMs = value.Milliseconds(); }

    public TimeSpan? MetadataMaxAge { set => _client.MetadataMaxAgeMs = value.Milliseconds(); }

    public TimeSpan? TopicMetadataRefreshFastInterval { set => _client.TopicMetadataRefreshFastIntervalMs = value.Milliseconds(); }

    public bool? TopicMetadataRefreshSparse { set => _client.TopicMetadataRefreshSparse = value; }

    public string TopicBlacklist { set => _client.TopicBlacklist = value; }

    public string Debug { set => _client.Debug = value; }

    public int? BrokerAddressTtl { set => _client.BrokerAddressTtl = value; }

    public BrokerAddressFamily? BrokerAddressFamily { set => _client.BrokerAddressFamily = value; }

    public TimeSpan? ReconnectBackoff { set => _client.ReconnectBackoffMs = value.Milliseconds(); }

    public TimeSpan? ReconnectBackoffMax { set => _client.ReconnectBackoffMaxMs = value.Milliseconds(); }

    public TimeSpan? StatisticsInterval { set => _client.StatisticsIntervalMs = value.Milliseconds(); }

    public bool? LogQueue { set => _client.LogQueue = value; }

    public bool? LogThreadName { set => _client.LogThreadName = value; }

    public bool? LogConnectionClose { set => _client.LogConnectionClose = value; }

    public int? InternalTerminationSignal { set => _client.InternalTerminationSignal = value; }

    public SecurityProtocol? SecurityProtocol { set => _client.SecurityProtocol = value; }

    public string PluginLibraryPaths { set => _client.PluginLibraryPaths = value; }

    public string ClientRack { set => _client.ClientRack = value; }

    public void Host(IReadOnlyList<string> servers, Action<IKafkaHostConfigurator>? configure = null)
    {
        if (_hosted)
            throw new ConfigurationException("The Kafka host is configured already.");
        _hosted = true;
        _client.BootstrapServers = string.Join(',', servers);
        configure?.Invoke(new HostSettings(_client));
    }

    public void OAuthBearerTokenRefreshHandler(Action<IClient, string> handler) => _tokenRefresh = handler;

    public void ConfigureApi(Action<IKafkaApiConfigurator> configure) => ClientSettings.Api(_client, configure);

    public void ConfigureSocket(Action<IKafkaSocketConfigurator> configure) => ClientSettings.Socket(_client, configure);

    public void SetHeadersDeserializer(IHeadersDeserializer deserializer) => _headersDeserializer = deserializer;

    public void SetHeadersSerializer(IHeadersSerializer serializer) => _headersSerializer = serializer;

    public void SetSerializationFactory(IKafkaSerializerFactory factory) => _serializers = factory;

    public void TopicEndpoint(string topicName, string groupId, Action<IKafkaTopicReceiveEndpointConfigurator> configure) =>
        _endpoints.Add((topicName, groupId, endpoints => endpoints.Make(topicName, groupId, configure)));

    public void TopicEndpoint<TKey, TValue>(string topicName, string groupId, Action<IKafkaTopicReceiveEndpointConfigurator<TKey, TValue>> configure)
        where TValue : class =>
        _endpoints.Add((topicName, groupId, endpoints => endpoints.Make(topicName, groupId, null, configure)));

    public void TopicEndpoint<TKey, TValue>(string topicName, ConsumerConfig consumerConfig, Action<IKafkaTopicReceiveEndpointConfigurator<TKey, TValue>> configure)
        where TValue : class =>
        _endpoints.Add((topicName, consumerConfig.GroupId, endpoints => endpoints.Make(topicName, consumerConfig.GroupId, consumerConfig, configure)));

    public void TopicEndpointPerReplica(string topicName, string name, Action<IKafkaTopicReceiveEndpointConfigurator> configure) =>
        _endpoints.Add((topicName, name, endpoints => endpoints.MakePerReplica(topicName, name, configure)));

    public ConnectHandle ConnectReceiveEndpointObserver(IReceiveEndpointObserver observer) => _collection.ConnectReceiveEndpointObserver(observer);

    public ConnectHandle ConnectSendObserver(ISendObserver observer) => _sendObservers.Connect(observer);

    public void ConfigureSend(Action<ISendPipeConfigurator> callback) => _sendPipe.Add(callback);

    public IEnumerable<ValidationResult> Validate()
    {
        foreach (var group in _endpoints.GroupBy(endpoint => (endpoint.Topic, endpoint.GroupId)).Where(group => group.Count() > 1))
            yield return this.Failure("TopicEndpoint", $"{group.Key.Topic} is read by group {group.Key.GroupId} twice; put both consumers on one endpoint.");
        foreach (var (topic, _, _) in _endpoints.Where(endpoint => string.IsNullOrWhiteSpace(endpoint.GroupId)))
            yield return this.Failure("GroupId", $"{topic} is read without naming a group.");
    }

    public void Configure(IBusInstance busInstance)
    {
        var host = busInstance.HostConfiguration;
        var endpoints = new RiderEndpoints(
            busInstance, context, _collection, new EndpointDefaults(_client, _tokenRefresh, _headersDeserializer, _serializers));
        foreach (var (_, _, make) in _endpoints)
            endpoints.Add(make(endpoints));

        var clients = context.GetRequiredService<KafkaClients>();
        var choice = ownsOutbox ? clients.Own : new ClientChoice();
        (choice.Common, choice.TokenRefresh) = (_client, _tokenRefresh);
        var producers = new TopicProducers(choice.Give);
        foreach (var registration in context.GetServices<ProducerRegistration>().Where(found => found.Owner == owner))
            registration.AddTo(producers, context, host.Topology.SendTopology, _serializers, _headersSerializer);

        var pipe = new SendPipeConfiguration(host.Topology.SendTopology);
        foreach (var callback in _sendPipe)
            callback(pipe.Configurator);
        // Observers on the bus hear what goes to topics as well.
        _sendObservers.Connect(host.SendObservers);
        busInstance.Connect<IKafkaRider>(new KafkaRider(host.HostAddress, context, endpoints, producers, pipe.CreatePipe(), _sendObservers, clients.SenderOf(choice), () => clients.AreSameBrokers(choice)));
    }
}

internal sealed class KafkaRiderFactory(object owner, ClientConfig? client, bool ownsOutbox, Action<IRiderRegistrationContext, IKafkaFactoryConfigurator> configure)
    : MassTransit.DependencyInjection.IRegistrationRiderFactory<IKafkaRider>
{
    public IBusInstanceSpecification CreateRider(IRiderRegistrationContext context)
    {
        var configurator = new KafkaFactoryConfigurator(context, client ?? context.GetService<ClientConfig>() ?? new ClientConfig(), owner, ownsOutbox);
        configure(context, configurator);
        configurator.Validate().ThrowIfContainsFailure("The Kafka rider is not configured properly:");
        return configurator;
    }
}
