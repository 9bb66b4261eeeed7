using System.Collections.Concurrent;
using Confluent.Kafka;
using MassTransit;
using MassTransit.KafkaIntegration.Serializers;
using MassTransit.Transports;

namespace Todo.Bus.Kafka;

/// <summary>What the rider's configuration says for all its endpoints.</summary>
internal sealed record EndpointDefaults(ClientConfig Client, Action<IClient, string>? TokenRefresh, IHeadersDeserializer? HeadersDeserializer, IKafkaSerializerFactory? Serializers);

/// <summary>The topic endpoints of a rider: makes them, starts and stops them, also one by one while the bus runs, and knows how they are.</summary>
internal sealed class RiderEndpoints(IBusInstance bus, IRiderRegistrationContext context, ReceiveEndpointCollection collection, EndpointDefaults defaults)
{
    private readonly ConcurrentDictionary<string, TopicEndpointSettings> _settings = new();

    public TopicEndpointConfiguration Make(string topic, string groupId, Action<IKafkaTopicReceiveEndpointConfigurator> configure)
    {
        var settings = TopicEndpointSettings.Create(context, defaults, topic, groupId, groupId);
        return Configured(new TopicEndpointConfiguration(bus, Endpoint(settings), context, settings), configure);
    }

    public TopicEndpointConfiguration Make<TKey, TValue>(
        string topic, string groupId, ConsumerConfig? client, Action<IKafkaTopicReceiveEndpointConfigurator<TKey, TValue>> configure)
        where TValue : class
    {
        var settings = TopicEndpointSettings.Create(context, defaults, topic, groupId, groupId, client);
        return Configured(new TopicEndpointConfiguration<TKey, TValue>(bus, Endpoint(settings), context, settings, defaults), configure);
    }

    public TopicEndpointConfiguration MakePerReplica(string topic, string name, Action<IKafkaTopicReceiveEndpointConfigurator> configure)
    {
        var settings = TopicEndpointSettings.Create(context, defaults, topic, $"{name}-{Guid.NewGuid():N}", name);
        settings.Transactional = false;
        settings.Retries = [];
        settings.Config.AutoOffsetReset = AutoOffsetReset.Latest;
        return Configured(new TopicEndpointConfiguration(bus, Endpoint(settings), context, settings), configure);
    }

    public string Add(TopicEndpointConfiguration endpoint)
    {
        var settings = endpoint.Settings;
        var name = NameOf(settings);
        collection.Add(name, endpoint.Build());
        _settings[endpoint.InputAddress.AbsolutePath] = settings;
        return name;
    }

    public HostReceiveEndpointHandle Connect<TKey, TValue>(
        string topic, string groupId, ConsumerConfig? client, Action<IRiderRegistrationContext, IKafkaTopicReceiveEndpointConfigurator<TKey, TValue>> configure)
        where TValue : class
    {
        var name = Add(Make<TKey, TValue>(topic, groupId, client, endpoint => configure(context, endpoint)));
        return collection.Start(name, CancellationToken.None);
    }

    public HostReceiveEndpointHandle[] Start(CancellationToken ct) => collection.StartEndpoints(ct);

    /// <summary>The bus does not wait for topics that do not exist: it is up, degraded, and may be what brings them into being.</summary>
    public Task ReadyAsync(IEnumerable<HostReceiveEndpointHandle> started) => Task.WhenAll(started.Select(async endpoint =>
    {
        var settings = _settings.GetValueOrDefault(endpoint.ReceiveEndpoint.InputAddress.AbsolutePath);
        await await Task.WhenAny(endpoint.Ready, settings?.TopicIsMissing ?? endpoint.Ready);
    }));

    public Task Stop(CancellationToken ct) => collection.StopEndpoints(ct);

    /// <summary>An endpoint whose topic does not exist yet is degraded, not unhealthy: the one who would write the first record may be waiting for us to be ready.</summary>
    public IEnumerable<EndpointHealthResult> CheckHealth() => collection.CheckEndpointHealth().Select(result =>
        _settings.GetValueOrDefault(result.InputAddress.AbsolutePath)?.WaitsForTopic == true
            ? EndpointHealthResult.Degraded(result.ReceiveEndpoint, "waits for its topic, which does not exist yet")
            : result);

    private static TopicEndpointConfiguration Configured<TEndpoint, TConfigurator>(TEndpoint endpoint, Action<TConfigurator> configure)
        where TEndpoint : TopicEndpointConfiguration, TConfigurator
    {
        configure(endpoint);
        endpoint.Validate().ThrowIfContainsFailure($"{endpoint.Settings.Topic} for {endpoint.Settings.GroupId} is not configured properly:");
        return endpoint;
    }

    private MassTransit.Configuration.IReceiveEndpointConfiguration Endpoint(TopicEndpointSettings settings) =>
        bus.HostConfiguration.CreateReceiveEndpointConfiguration(NameOf(settings));

    /// <summary>Names the endpoint in addresses, which have no room for what a pattern is made of.</summary>
    private static string NameOf(TopicEndpointSettings settings) => $"kafka/{(settings.IsPattern ? Uri.EscapeDataString(settings.Topic) : settings.Topic)}/{settings.Consumer}";
}
