using MassTransit;
using MassTransit.Context;
using MassTransit.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Todo.Bus.Batching;
using Todo.Bus.Kafka;

namespace Todo.Bus.Scheduling;

/// <summary>Turns a saga's Schedule and Unschedule into rows added and removed by the commit that keeps the saga.</summary>
internal sealed class TimerScheduleProvider(IServiceProvider services, ConsumeContext context) : IScheduleMessageProvider
{
    public async Task<ScheduledMessage<T>> ScheduleSend<T>(
        Uri destinationAddress, DateTime scheduledTime, T message, IPipe<SendContext<T>> pipe, CancellationToken cancellationToken)
        where T : class
    {
        var unit = Unit();
        var token = ScheduleTokenIdCache<T>.GetTokenId(message, NewId.NextGuid());
        var send = new MessageSendContext<T>(message, cancellationToken)
        {
            MessageId = token, // the same timer, released twice, is one message to the inbox
            ConversationId = context.ConversationId,
            DestinationAddress = destinationAddress,
        };
        IPipe<SendContext<T>> scheduled = new ScheduleSendPipe<T>(pipe, scheduledTime) { ScheduledMessageId = token };
        await scheduled.Send(send);
        send.MessageId = token;

        var topic = unit.TimerTopic ?? TopicOf(destinationAddress);
        var record = services.GetRequiredService<RecordWriter>().Write(send, topic, null, unit.RecordKey, unit.CausationId);
        var due = new DateTimeOffset(DateTime.SpecifyKind(scheduledTime.ToUniversalTime(), DateTimeKind.Utc));
        unit.Timers.Add(new TimerRow(token, due, record, context.CorrelationId, unit.Consumer));
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

    private static string TopicOf(Uri address)
    {
        const string prefix = "/kafka/";
        var path = address.AbsolutePath;
        return path.StartsWith(prefix, StringComparison.Ordinal)
            ? Uri.UnescapeDataString(path[prefix.Length..])
            : throw new NotSupportedException($"{address} is no topic: a timer comes back on a Kafka topic.");
    }
}
