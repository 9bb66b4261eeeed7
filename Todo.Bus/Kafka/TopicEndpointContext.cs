using MassTransit;
using MassTransit.Transports;

namespace Todo.Bus.Kafka;

/// <summary>The endpoint's surroundings. Publish and Send inside a consumer go to the bus beneath, after the commit; topics are reached through ITopicProducer.</summary>
internal sealed class TopicEndpointContext(IBusInstance bus, TopicEndpointConfiguration configuration)
    : BaseReceiveEndpointContext(bus.HostConfiguration, configuration)
{
    public override void AddSendAgent(IAgent agent)
    {
    }

    public override void AddConsumeAgent(IAgent agent)
    {
    }

    public override Exception ConvertException(Exception exception, string message) => new KafkaConnectionException(message, exception);

    protected override ISendEndpointProvider CreateSendEndpointProvider() => bus.Bus;

    protected override IPublishEndpointProvider CreatePublishEndpointProvider() => (IPublishEndpointProvider)bus.Bus;

    protected override ISendTransportProvider CreateSendTransportProvider() =>
        throw new NotSupportedException("A topic endpoint sends through ITopicProducer.");

    protected override IPublishTransportProvider CreatePublishTransportProvider() =>
        throw new NotSupportedException("A topic endpoint publishes through ITopicProducer.");
}
