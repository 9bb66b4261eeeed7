using Confluent.Kafka;
using MassTransit;
using MassTransit.KafkaIntegration;
using MassTransit.Observables;
using MassTransit.Transports;
using Microsoft.Extensions.DependencyInjection;

namespace MassTransit
{
    /// <summary>The Kafka rider of a bus: its topic endpoints start and stop with the bus and report its health. Its producers write at once, past every outbox.</summary>
    public interface IKafkaRider : IRiderControl, ITopicProducerProvider, IKafkaTopicEndpointConnector;
}

namespace Todo.Bus.Kafka
{
    internal sealed class KafkaRider(
        Uri hostAddress,
        IServiceProvider services,
        RiderEndpoints endpoints,
        TopicProducers producers,
        ISendPipe sendPipe,
        SendObservable sendObservers,
        IRecordSender sender,
        Func<bool> sharesOutbox)
        : IKafkaRider
    {
        private readonly Lazy<bool> _sharesOutbox = new(sharesOutbox);

        public Uri HostAddress => hostAddress;

        public TopicAddresses Addresses { get; } = new(hostAddress);

        public ISendPipe SendPipe => sendPipe;

        public SendObservable SendObservers => sendObservers;

        public RecordWriter Writer { get; } = services.GetRequiredService<RecordWriter>();

        public IRecordSender Sender => sender;

        /// <summary>False for a second bus on other brokers: the outbox is relayed to those of the first.</summary>
        public bool SharesOutbox => _sharesOutbox.Value;

        public RiderHandle Start(CancellationToken cancellationToken) => new Handle(endpoints, endpoints.Start(cancellationToken));

        public IEnumerable<EndpointHealthResult> CheckEndpointHealth() => endpoints.CheckHealth();

        public ITopicProducer<TKey, TValue> Producer<TKey, TValue>(IServiceProvider? scope, string topic)
            where TValue : class => new TopicProducer<TKey, TValue>(topic, scope, this, producers.Of<TKey, TValue>(topic));

        public ITopicProducer<TKey, TValue> GetProducer<TKey, TValue>(Uri address)
            where TValue : class => Producer<TKey, TValue>(null, TopicOf(address));

        public HostReceiveEndpointHandle ConnectTopicEndpoint<TKey, TValue>(
            string topicName, string groupId, Action<IRiderRegistrationContext, IKafkaTopicReceiveEndpointConfigurator<TKey, TValue>> configure)
            where TValue : class => endpoints.Connect(topicName, groupId, null, configure);

        public HostReceiveEndpointHandle ConnectTopicEndpoint<TKey, TValue>(
            string topicName, ConsumerConfig consumerConfig, Action<IRiderRegistrationContext, IKafkaTopicReceiveEndpointConfigurator<TKey, TValue>> configure)
            where TValue : class => endpoints.Connect(topicName, consumerConfig.GroupId, consumerConfig, configure);

        /// <summary><c>topic:name</c>, or an address as messages carry it.</summary>
        internal static string TopicOf(Uri address) =>
            Uri.UnescapeDataString(address.Scheme == "topic" ? address.AbsolutePath : KafkaTopicAddress.TopicIn(address));

        private sealed class Handle(RiderEndpoints endpoints, HostReceiveEndpointHandle[] handles) : RiderHandle
        {
            public Task Ready => endpoints.ReadyAsync(handles);

            public Task StopAsync(CancellationToken cancellationToken) => endpoints.Stop(cancellationToken);
        }
    }

    /// <summary>The producers of a scope, for any topic.</summary>
    internal sealed class TopicProducerProvider(KafkaRider rider, IServiceProvider scope) : ITopicProducerProvider
    {
        public ITopicProducer<TKey, TValue> GetProducer<TKey, TValue>(Uri address)
            where TValue : class => rider.Producer<TKey, TValue>(scope, KafkaRider.TopicOf(address));
    }
}
