using MassTransit;
using MassTransit.Observables;
using MassTransit.Transports;
using Microsoft.Extensions.DependencyInjection;

namespace MassTransit
{
    /// <summary>The Kafka rider of a bus: its topic endpoints start and stop with the bus and report its health.</summary>
    public interface IKafkaRider : IRiderControl;
}

namespace Todo.Bus.Kafka
{
    internal sealed class KafkaRider(Uri hostAddress, ReceiveEndpointCollection endpoints, ISendPipe sendPipe, SendObservable sendObservers, RecordWriter writer)
        : IKafkaRider
    {
        public Uri HostAddress => hostAddress;

        public TopicAddresses Addresses { get; } = new(hostAddress);

        public ISendPipe SendPipe => sendPipe;

        public SendObservable SendObservers => sendObservers;

        public RecordWriter Writer => writer;

        public RiderHandle Start(CancellationToken cancellationToken) => new Handle(endpoints, endpoints.StartEndpoints(cancellationToken));

        public IEnumerable<EndpointHealthResult> CheckEndpointHealth() => endpoints.CheckEndpointHealth();

        public ITopicProducer<TKey, TValue> GetProducer<TKey, TValue>(IServiceProvider scope, string topic)
            where TValue : class =>
            new TopicProducer<TKey, TValue>(topic, scope, scope.GetRequiredService<IRecordSender>(), this);

        private sealed class Handle(ReceiveEndpointCollection endpoints, HostReceiveEndpointHandle[] handles) : RiderHandle
        {
            public Task Ready => Task.WhenAll(handles.Select(handle => handle.Ready));

            public Task StopAsync(CancellationToken cancellationToken) => endpoints.StopEndpoints(cancellationToken);
        }
    }

    internal sealed class TopicProducerProvider(KafkaRider rider, IServiceProvider scope) : ITopicProducerProvider
    {
        public ITopicProducer<TKey, TValue> GetProducer<TKey, TValue>(Uri address)
            where TValue : class =>
            rider.GetProducer<TKey, TValue>(scope, address.Scheme == "topic" ? address.AbsolutePath : address.Segments[^1]);
    }
}
