using MassTransit;
using MassTransit.Logging;
using MassTransit.Transports;
using Microsoft.Extensions.Logging;
using Npgsql;
using Todo.Bus.Batching;

namespace Todo.Bus.Kafka;

/// <summary>The door between MassTransit's endpoint and the consumer that reads its topic.</summary>
internal sealed class TopicTransport(
    TopicEndpointSettings settings,
    ReceiveEndpointContext endpoint,
    IReadOnlyList<KeyLane> lanes,
    NpgsqlDataSource? source,
    ILogContext? logContext,
    RunningConsumers running,
    ILogger logger)
    : IReceiveTransport
{
    public ReceiveTransportHandle Start()
    {
        var consumer = new TopicConsumer(settings, endpoint, lanes, source, logContext, logger);
        consumer.Start();
        running.Add(consumer);
        return consumer;
    }

    public void Probe(ProbeContext context) => context.CreateScope("kafka").Add("topic", settings.Topic);

    public ConnectHandle ConnectReceiveObserver(IReceiveObserver observer) => endpoint.ConnectReceiveObserver(observer);

    public ConnectHandle ConnectPublishObserver(IPublishObserver observer) => endpoint.ConnectPublishObserver(observer);

    public ConnectHandle ConnectSendObserver(ISendObserver observer) => endpoint.ConnectSendObserver(observer);

    public ConnectHandle ConnectReceiveTransportObserver(IReceiveTransportObserver observer) => endpoint.ConnectReceiveTransportObserver(observer);
}
