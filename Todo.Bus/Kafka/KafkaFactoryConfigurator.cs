using Confluent.Kafka;
using MassTransit;
using MassTransit.Configuration;
using MassTransit.Observables;
using MassTransit.Transports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Todo.Bus.Kafka;

/// <summary>Remembers what UsingKafka asks for until the bus is there, then builds the rider.</summary>
internal sealed class KafkaFactoryConfigurator(IRiderRegistrationContext context) : IKafkaFactoryConfigurator, IBusInstanceSpecification
{
    private readonly List<(TopicEndpointSettings Settings, Action<IKafkaTopicReceiveEndpointConfigurator> Configure)> _endpoints = [];
    private readonly List<Action<ISendPipeConfigurator>> _sendPipe = [];
    private readonly ReceiveEndpointCollection _collection = new();
    private readonly SendObservable _sendObservers = new();
    private ClientConfig _client = context.GetService<ClientConfig>() ?? new ClientConfig();

    public void Host(IReadOnlyList<string> servers) =>
        _client = new ClientConfig(_client.ToDictionary(pair => pair.Key, pair => pair.Value)) { BootstrapServers = string.Join(',', servers) };

    public void TopicEndpoint(string topicName, string groupId, Action<IKafkaTopicReceiveEndpointConfigurator> configure) =>
        _endpoints.Add((Settings(topicName, groupId, groupId, null), configure));

    public void TopicEndpoint<T>(string topicName, string groupId, Action<IKafkaTopicReceiveEndpointConfigurator> configure)
        where T : class =>
        _endpoints.Add((Settings(topicName, groupId, groupId, typeof(T)), configure));

    public void TopicEndpointPerReplica(string topicName, string name, Action<IKafkaTopicReceiveEndpointConfigurator> configure)
    {
        var settings = Settings(topicName, $"{name}-{Guid.NewGuid():N}", name, null);
        settings.Transactional = false;
        settings.Retries = [];
        settings.Config.AutoOffsetReset = AutoOffsetReset.Latest;
        _endpoints.Add((settings, configure));
    }

    public ConnectHandle ConnectReceiveEndpointObserver(IReceiveEndpointObserver observer) => _collection.ConnectReceiveEndpointObserver(observer);

    public ConnectHandle ConnectSendObserver(ISendObserver observer) => _sendObservers.Connect(observer);

    public void ConfigureSend(Action<ISendPipeConfigurator> callback) => _sendPipe.Add(callback);

    public IEnumerable<ValidationResult> Validate()
    {
        foreach (var group in _endpoints.GroupBy(endpoint => (endpoint.Settings.Topic, endpoint.Settings.GroupId)).Where(group => group.Count() > 1))
            yield return this.Failure("TopicEndpoint", $"{group.Key.Topic} is read by group {group.Key.GroupId} twice; put both consumers on one endpoint.");
    }

    public void Configure(IBusInstance busInstance)
    {
        var host = busInstance.HostConfiguration;
        foreach (var (settings, configure) in _endpoints)
        {
            var name = $"kafka/{settings.Topic}/{settings.Consumer}";
            var endpoint = new TopicEndpointConfiguration(busInstance, host.CreateReceiveEndpointConfiguration(name), context, settings);
            configure(endpoint);
            endpoint.Validate().ThrowIfContainsFailure($"{settings.Topic} for {settings.GroupId} is not configured properly:");
            _collection.Add(name, endpoint.Build());
        }

        var pipe = new SendPipeConfiguration(host.Topology.SendTopology);
        foreach (var callback in _sendPipe)
            callback(pipe.Configurator);
        // Observers on the bus hear what goes to topics as well.
        _sendObservers.Connect(host.SendObservers);
        var rider = new KafkaRider(host.HostAddress, _collection, pipe.CreatePipe(), _sendObservers, context.GetRequiredService<RecordWriter>());
        busInstance.Connect<IKafkaRider>(rider);
    }

    private TopicEndpointSettings Settings(string topic, string groupId, string consumer, Type? defaultType)
    {
        var settings = context.GetService<IConfiguration>() ?? new ConfigurationBuilder().Build();
        var config = new ConsumerConfig(new ClientConfig(_client.ToDictionary(pair => pair.Key, pair => pair.Value)))
        {
            GroupId = groupId,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            EnableAutoOffsetStore = false, // the tracker stores an offset once its record is settled …
            EnableAutoCommit = true, // … and the client commits what is stored, on its interval and before it gives a partition away
            AutoCommitIntervalMs = 1_000,
            AllowAutoCreateTopics = true,
            FetchWaitMaxMs = settings.GetValue("Kafka:FetchWaitMaxMs", 100), // the embedded Kafka answers an empty fetch only when this is over
            QueuedMaxMessagesKbytes = 32 * 1024,
        };
        if (Enum.TryParse<GroupProtocol>(settings["Kafka:GroupProtocol"], ignoreCase: true, out var protocol) && protocol == GroupProtocol.Consumer)
        {
            config.GroupProtocol = GroupProtocol.Consumer; // KIP-848: the broker assigns, and knows who is alive
        }
        else
        {
            config.PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky;
            config.SessionTimeoutMs = 10_000; // a killed worker's reminders should not wait longer than that
        }

        return new TopicEndpointSettings { Topic = topic, GroupId = groupId, Consumer = consumer, DefaultType = defaultType, Config = config };
    }
}

internal sealed class KafkaRiderFactory(Action<IRiderRegistrationContext, IKafkaFactoryConfigurator> configure) : MassTransit.DependencyInjection.IRegistrationRiderFactory<IKafkaRider>
{
    public IBusInstanceSpecification CreateRider(IRiderRegistrationContext context)
    {
        var configurator = new KafkaFactoryConfigurator(context);
        configure(context, configurator);
        configurator.Validate().ThrowIfContainsFailure("The Kafka rider is not configured properly:");
        return configurator;
    }
}
