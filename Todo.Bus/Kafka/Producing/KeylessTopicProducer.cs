using MassTransit;
using MassTransit.KafkaIntegration;

namespace Todo.Bus.Kafka;

/// <summary>The form without a key: it comes from a resolver, which sees the message as the caller's pipe left it.</summary>
internal sealed class KeylessTopicProducer<TKey, TValue>(ITopicProducer<TKey, TValue> keyed, KafkaKeyResolver<TKey, TValue> resolver) : ITopicProducer<TValue>
    where TValue : class
{
    public ConnectHandle ConnectSendObserver(ISendObserver observer) => keyed.ConnectSendObserver(observer);

    public Task Produce(TValue message, CancellationToken cancellationToken = default) =>
        keyed.Produce(default!, message, new Resolve(null, resolver), cancellationToken);

    public Task Produce(TValue message, IPipe<KafkaSendContext<TValue>> pipe, CancellationToken cancellationToken = default) =>
        keyed.Produce(default!, message, new Resolve(pipe, resolver), cancellationToken);

    public Task Produce(object values, CancellationToken cancellationToken = default) =>
        keyed.Produce(default!, values, new Resolve(null, resolver), cancellationToken);

    public Task Produce(object values, IPipe<KafkaSendContext<TValue>> pipe, CancellationToken cancellationToken = default) =>
        keyed.Produce(default!, values, new Resolve(pipe, resolver), cancellationToken);

    private sealed class Resolve(IPipe<KafkaSendContext<TValue>>? pipe, KafkaKeyResolver<TKey, TValue> resolver) : IPipe<KafkaSendContext<TKey, TValue>>
    {
        public async Task Send(KafkaSendContext<TKey, TValue> context)
        {
            if (pipe is not null)
                await pipe.Send(context);
            context.Key = resolver(context);
        }

        public void Probe(ProbeContext context) => pipe?.Probe(context);
    }
}
