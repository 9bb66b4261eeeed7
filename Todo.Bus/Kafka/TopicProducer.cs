using Confluent.Kafka;
using MassTransit;
using MassTransit.Context;
using MassTransit.Initializers;
using MassTransit.KafkaIntegration;
using Microsoft.Extensions.DependencyInjection;
using Todo.Bus.Batching;
using Todo.Bus.Outbox;

namespace Todo.Bus.Kafka;

/// <summary>Serializes at once, in the caller's scope and trace; whether the bytes wait in an outbox or leave now depends on where it is called.</summary>
internal sealed class TopicProducer<TKey, TValue>(string topic, IServiceProvider scope, IRecordSender sender, KafkaRider rider)
    : ITopicProducer<TKey, TValue>
    where TValue : class
{
    public ConnectHandle ConnectSendObserver(ISendObserver observer) => rider.SendObservers.Connect(observer);

    public Task Produce(TKey key, TValue value, CancellationToken cancellationToken = default) =>
        Produce(key, value, Pipe.Empty<KafkaSendContext<TValue>>(), cancellationToken);

    public async Task Produce(TKey key, object values, CancellationToken cancellationToken = default) =>
        await Produce(key, (await MessageInitializerCache<TValue>.Initialize(values, cancellationToken)).Message, cancellationToken);

    public Task Produce(TKey key, TValue value, IPipe<KafkaSendContext<TValue>> pipe, CancellationToken cancellationToken = default) =>
        Produce(_ => key, value, pipe, cancellationToken);

    public async Task Produce(KafkaKeyResolver<TKey, TValue> key, TValue value, IPipe<KafkaSendContext<TValue>> pipe, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(value);
        var context = new TopicSendContext<TValue>(value, ct)
        {
            MessageId = Guid.CreateVersion7(),
            SourceAddress = rider.HostAddress,
            DestinationAddress = rider.Addresses.Of(topic),
        };
        context.GetOrAddPayload(() => scope);

        var consumed = scope.GetService<MassTransit.DependencyInjection.IScopedConsumeContextProvider>() is { HasContext: true } provider ? provider.GetContext() : null;
        MessageUnit? unit = null;
        if (consumed is not null)
        {
            consumed.TryGetPayload(out unit);
            context.ConversationId = consumed.ConversationId ?? consumed.MessageId;
            context.InitiatorId = consumed.CorrelationId ?? consumed.MessageId;
            context.SourceAddress = consumed.ReceiveContext.InputAddress;
        }

        context.ConversationId ??= context.MessageId;
        try
        {
            if (rider.SendObservers.Count > 0)
                await rider.SendObservers.PreSend(context);
            await rider.SendPipe.Send(context);
            await pipe.Send(context);

            var row = rider.Writer.Write(context, topic, context.Partition, RecordKeys.Bytes(key(context)), consumed?.MessageId);
            if (unit is not null)
                unit.Outgoing.Add(row);
            else if (scope.GetService<IOutboxCapture>() is { } outbox)
                outbox.Add(row);
            else
                await SendNowAsync(row, ct);

            if (rider.SendObservers.Count > 0)
                await rider.SendObservers.PostSend(context);
        }
        catch (Exception failure) when (rider.SendObservers.Count > 0)
        {
            await rider.SendObservers.SendFault(context, failure);
            throw;
        }
    }

    private async Task SendNowAsync(OutboxRow row, CancellationToken ct)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        sender.Send(row.Topic, row.Partition, row.Key, row.Value, OutboxHeaders.Read(row.Headers), error =>
        {
            if (error is null)
                done.SetResult();
            else
                done.SetException(new KafkaConnectionException($"{row.Topic} did not take the message: {error.Reason}", new KafkaException(error)));
        });
        await done.Task.WaitAsync(ct);
    }
}

/// <summary>The keyless form: the key comes from a resolver.</summary>
internal sealed class TopicProducer<TValue>(Func<TValue, IPipe<KafkaSendContext<TValue>>, CancellationToken, Task> produce, KafkaRider rider) : ITopicProducer<TValue>
    where TValue : class
{
    public ConnectHandle ConnectSendObserver(ISendObserver observer) => rider.SendObservers.Connect(observer);

    public Task Produce(TValue message, CancellationToken cancellationToken = default) =>
        produce(message, Pipe.Empty<KafkaSendContext<TValue>>(), cancellationToken);

    public Task Produce(TValue message, IPipe<KafkaSendContext<TValue>> pipe, CancellationToken cancellationToken = default) =>
        produce(message, pipe, cancellationToken);

    public async Task Produce(object values, CancellationToken cancellationToken = default) =>
        await Produce((await MessageInitializerCache<TValue>.Initialize(values, cancellationToken)).Message, cancellationToken);
}

internal sealed class TopicSendContext<T>(T message, CancellationToken ct) : MessageSendContext<T>(message, ct), KafkaSendContext<T>
    where T : class
{
    public int? Partition { get; set; }
}
