using System.Text.Json.Serialization.Metadata;
using MassTransit;
using Todo.Bus.Envelope;

namespace Todo.Bus.Hosting;

/// <summary>What a process says and hears, feature by feature. Each feature adds its lines in a <c>…Topics</c> file.</summary>
public sealed class BusConfigurator
{
    private readonly MessageTypes _types;
    private readonly List<Action<IRiderRegistrationContext, IKafkaFactoryConfigurator>> _endpoints = [];

    internal BusConfigurator(IRiderRegistrationConfigurator rider, MessageTypes types) => (Rider, _types) = (rider, types);

    /// <summary>MassTransit's own registration, for sagas and anything the manual shows.</summary>
    public IRiderRegistrationConfigurator Rider { get; }

    /// <summary>Names message types on the wire, with the generated JSON metadata that goes with them.</summary>
    public BusConfigurator Messages(IReadOnlyDictionary<Type, string> names, IJsonTypeInfoResolver? generated = null)
    {
        _types.Add(names, generated);
        return this;
    }

    /// <summary>Says which key messages travel under, so that one under another key, whose order would be lost, is put aside with its reason.</summary>
    public BusConfigurator Keys(IReadOnlyDictionary<Type, Func<object, string?>> keys)
    {
        _types.AddKeys(keys);
        return this;
    }

    /// <summary>Registers a producer, keyed.</summary>
    public BusConfigurator Produces<TKey, T>(string topic)
        where T : class
    {
        Rider.AddProducer<TKey, T>(topic);
        return this;
    }

    /// <summary>Registers a consumer.</summary>
    public BusConfigurator Consumer<TConsumer>()
        where TConsumer : class, IConsumer
    {
        Rider.AddConsumer<TConsumer>();
        return this;
    }

    /// <summary>Reads a topic for a group.</summary>
    public BusConfigurator TopicEndpoint(string topic, string group, Action<IRiderRegistrationContext, IKafkaTopicReceiveEndpointConfigurator> configure)
    {
        _endpoints.Add((context, kafka) => kafka.TopicEndpoint(topic, group, endpoint => configure(context, endpoint)));
        return this;
    }

    /// <summary>Reads a topic in every replica, from now on.</summary>
    public BusConfigurator TopicEndpointPerReplica(string topic, string name, Action<IRiderRegistrationContext, IKafkaTopicReceiveEndpointConfigurator> configure)
    {
        _endpoints.Add((context, kafka) => kafka.TopicEndpointPerReplica(topic, name, endpoint => configure(context, endpoint)));
        return this;
    }

    internal void UseKafka() => Rider.UsingKafka((context, kafka) =>
    {
        foreach (var endpoint in _endpoints)
            endpoint(context, kafka);
    });
}
