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
    IReadOnlyList<IReadOnlyList<KeyLane>> lanes,
    NpgsqlDataSource? source,
    ILogContext? logContext,
    RunningConsumers running,
    ILogger logger)
    : IReceiveTransport
{
    public ReceiveTransportHandle Start()
    {
        var consumers = new Consumers(running, [.. lanes.Select((own, number) => new TopicConsumer(settings, settings.ConfigOf(number), endpoint, own, source, logContext, logger))]);
        foreach (var consumer in consumers.All)
        {
            consumer.Start();
            running.Add(consumer);
        }

        return consumers;
    }

    public void Probe(ProbeContext context) => context.CreateScope("kafka").Add("topic", settings.Topic);

    public ConnectHandle ConnectReceiveObserver(IReceiveObserver observer) => endpoint.ConnectReceiveObserver(observer);

    public ConnectHandle ConnectPublishObserver(IPublishObserver observer) => endpoint.ConnectPublishObserver(observer);

    public ConnectHandle ConnectSendObserver(ISendObserver observer) => endpoint.ConnectSendObserver(observer);

    public ConnectHandle ConnectReceiveTransportObserver(IReceiveTransportObserver observer) => endpoint.ConnectReceiveTransportObserver(observer);

    private sealed class Consumers(RunningConsumers running, IReadOnlyList<TopicConsumer> all) : ReceiveTransportHandle
    {
        public IReadOnlyList<TopicConsumer> All => all;

        public Task Stop(CancellationToken cancellationToken) => Task.WhenAll(all.Select(consumer => StopAsync(consumer, cancellationToken)));

        private async Task StopAsync(TopicConsumer consumer, CancellationToken ct)
        {
            await consumer.Stop(ct);
            running.Remove(consumer);
        }
    }
}
