using Confluent.Kafka;
using MassTransit;
using MassTransit.Context;
using MassTransit.Initializers;
using MassTransit.Observables;
using Microsoft.Extensions.DependencyInjection;
using Todo.Bus.Batching;
using Todo.Bus.Outbox;
using Todo.Bus.Telemetry;

namespace Todo.Bus.Kafka;

/// <summary>Serializes at once, in the caller's scope and trace; whether the bytes wait in an outbox or leave now depends on where it is called.</summary>
internal sealed class TopicProducer<TKey, TValue>(string topic, IServiceProvider? scope, KafkaRider rider, ProducerSettings<TKey, TValue> settings)
    : ITopicProducer<TKey, TValue>
    where TValue : class
{
    public ConnectHandle ConnectSendObserver(ISendObserver observer) => settings.Observers.Connect(observer);

    public Task Produce(TKey key, TValue value, CancellationToken cancellationToken = default) =>
        SendAsync(key, value, null, null, cancellationToken);

    public Task Produce(TKey key, TValue value, IPipe<KafkaSendContext<TKey, TValue>> pipe, CancellationToken cancellationToken = default) =>
        SendAsync(key, value, null, pipe, cancellationToken);

    public Task Produce(TKey key, object values, CancellationToken cancellationToken = default) =>
        InitializeAsync(key, values, null, cancellationToken);

    public Task Produce(TKey key, object values, IPipe<KafkaSendContext<TKey, TValue>> pipe, CancellationToken cancellationToken = default) =>
        InitializeAsync(key, values, pipe, cancellationToken);

    private async Task InitializeAsync(TKey key, object values, IPipe<KafkaSendContext<TKey, TValue>>? pipe, CancellationToken ct)
    {
        var (message, initialize) = Consumed() is { } consumed
            ? await MessageInitializerCache<TValue>.InitializeMessage(consumed, values)
            : await MessageInitializerCache<TValue>.InitializeMessage(values, ct);
        await SendAsync(key, message, initialize, pipe, ct);
    }

    private async Task SendAsync(TKey key, TValue value, IPipe<SendContext<TValue>>? initialize, IPipe<KafkaSendContext<TKey, TValue>>? pipe, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(value);
        var context = new TopicSendContext<TKey, TValue>(value, ct)
        {
            MessageId = Guid.CreateVersion7(),
            SourceAddress = rider.HostAddress,
            DestinationAddress = rider.Addresses.Of(topic),
            Key = key,
            KeySerializer = settings.KeySerializer,
            ValueSerializer = settings.ValueSerializer,
        };
        if (scope is not null)
            context.GetOrAddPayload(() => scope);
        using var span = BusTracing.Create(topic, context.MessageId);

        var consumed = Consumed();
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
            await Observed(observers => observers.PreSend(context));
            await rider.SendPipe.Send(context);
            if (settings.Pipe is { } own)
                await own.Send(context);
            if (initialize is not null)
                await initialize.Send(context);
            if (pipe is not null)
                await pipe.Send(context);

            var row = await rider.Writer.WriteAsync(context, topic, settings.HeadersSerializer, consumed);
            if (unit is not null && rider.SharesOutbox)
                unit.Outgoing.Add(row);
            else if (unit is null && rider.SharesOutbox && scope?.GetService<IOutboxCapture>() is { } outbox)
                outbox.Add(row);
            else
                await SendNowAsync(row, ct);

            await Observed(observers => observers.PostSend(context));
        }
        catch (Exception failure)
        {
            span.Failed(failure);
            await Observed(observers => observers.SendFault(context, failure));
            throw;
        }
    }

    private ConsumeContext? Consumed() =>
        scope?.GetService<MassTransit.DependencyInjection.IScopedConsumeContextProvider>() is { HasContext: true } provider ? provider.GetContext() : null;

    private async ValueTask Observed(Func<SendObservable, Task> tell)
    {
        if (rider.SendObservers.Count > 0)
            await tell(rider.SendObservers);
        if (settings.Observers.Count > 0)
            await tell(settings.Observers);
    }

    private async Task SendNowAsync(OutboxRow row, CancellationToken ct)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        rider.Sender.Send(row.Topic, row.Partition, row.Key, row.Value, OutboxHeaders.Read(row.Headers), error =>
        {
            if (error is null)
                done.SetResult();
            else
                done.SetException(new KafkaConnectionException($"{row.Topic} did not take the message: {error.Reason}", new KafkaException(error)));
        });
        await done.Task.WaitAsync(ct);
    }
}

internal sealed class TopicSendContext<TKey, T>(T message, CancellationToken ct) : MessageSendContext<T>(message, ct), KafkaSendContext<TKey, T>
    where T : class
{
    public Partition Partition { get; set; } = Partition.Any;

    public TKey Key { get; set; } = default!;

    public IAsyncSerializer<TKey>? KeySerializer { get; set; }

    public IAsyncSerializer<T>? ValueSerializer { get; set; }
}
