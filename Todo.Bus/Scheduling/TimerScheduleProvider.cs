using MassTransit;
using MassTransit.Context;
using MassTransit.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Todo.Bus.Batching;
using Todo.Bus.Kafka;
using Todo.Bus.Outbox;
using Todo.Bus.Telemetry;

namespace Todo.Bus.Scheduling;

/// <summary>Turns a saga's Schedule and Unschedule into rows added and removed by the commit that keeps the saga.</summary>
internal sealed class TimerScheduleProvider(IServiceProvider services, ConsumeContext context) : IScheduleMessageProvider
{
    public async Task<ScheduledMessage<T>> ScheduleSend<T>(
        Uri destinationAddress, DateTime scheduledTime, T message, IPipe<SendContext<T>> pipe, CancellationToken cancellationToken)
        where T : class
    {
        var unit = Unit();
        var send = new MessageSendContext<T>(message, cancellationToken) { ConversationId = context.ConversationId, DestinationAddress = destinationAddress };
        var topic = unit.TimerTopic ?? KafkaRider.TopicOf(destinationAddress);
        var (token, record) = await WriteAsync(services, send, scheduledTime, pipe, topic, () => unit.RecordKey, unit.CausationId, context);
        unit.Timers.Add(new TimerRow(token, Instant(scheduledTime), record, context.CorrelationId, unit.Consumer));
        return new ScheduledMessageHandle<T>(token, scheduledTime, destinationAddress, message);
    }

    public Task CancelScheduledSend(Guid tokenId, CancellationToken cancellationToken)
    {
        Unit().Cancelled.Add(tokenId);
        return Task.CompletedTask;
    }

    public Task CancelScheduledSend(Uri destinationAddress, Guid tokenId, CancellationToken cancellationToken) =>
        CancelScheduledSend(tokenId, cancellationToken);

    private MessageUnit Unit() =>
        context.TryGetPayload(out MessageUnit? unit)
            ? unit
            : throw new NotSupportedException("Timers need a transactional topic endpoint: set Transactional on it.");

    /// <summary>Names the timer and makes its record.</summary>
    internal static async Task<(Guid Token, OutboxRow Record)> WriteAsync<T>(
        IServiceProvider services, MessageSendContext<T> send, DateTime scheduledTime, IPipe<SendContext<T>> pipe, string topic, Func<byte[]?> key, Guid? causation, ConsumeContext? consumed = null)
        where T : class
    {
        var token = ScheduleTokenIdCache<T>.GetTokenId(send.Message, NewId.NextGuid());
        IPipe<SendContext<T>> scheduled = new ScheduleSendPipe<T>(pipe, scheduledTime) { ScheduledMessageId = token };
        await scheduled.Send(send);
        send.MessageId = token; // the same timer, released twice, is one message to the inbox
        using var span = BusTracing.Create(topic, token);
        return (token, services.GetRequiredService<RecordWriter>().Write(send, topic, null, key(), causation, consumed));
    }

    internal static DateTimeOffset Instant(DateTime scheduledTime) => new(DateTime.SpecifyKind(scheduledTime.ToUniversalTime(), DateTimeKind.Utc));
}
