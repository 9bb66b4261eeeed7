using MassTransit;
using MassTransit.Context;
using MassTransit.DependencyInjection;
using MassTransit.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Todo.Bus.Kafka;
using Todo.Bus.Outbox;

namespace Todo.Bus.Scheduling;

/// <summary>The scheduler a scope is given: in a message it is the message's own; in a request its rows are saved by the scope's DbContext; elsewhere they are committed at once.</summary>
/// <remarks>A message's key is its CorrelationId, where it has one. A token names one timer: setting it twice outside a message is an error.</remarks>
internal sealed class ScopedScheduler(IServiceProvider scope) : IScheduleMessageProvider
{
    public static IMessageScheduler Create(IServiceProvider scope)
    {
        if (scope.GetService<IScopedConsumeContextProvider>() is { HasContext: true } consumed)
            return new MessageScheduler(new TimerScheduleProvider(scope, consumed.GetContext()), scope.GetRequiredService<IBus>().Topology);
        return new MessageScheduler(new ScopedScheduler(scope), scope.GetRequiredService<IBus>().Topology);
    }

    public async Task<ScheduledMessage<T>> ScheduleSend<T>(
        Uri destinationAddress, DateTime scheduledTime, T message, IPipe<SendContext<T>> pipe, CancellationToken cancellationToken)
        where T : class
    {
        var send = new MessageSendContext<T>(message, cancellationToken) { DestinationAddress = destinationAddress, ConversationId = NewId.NextGuid() };
        var (token, record) = await TimerScheduleProvider.WriteAsync(
            scope, send, scheduledTime, pipe, KafkaRider.TopicOf(destinationAddress), () => send.CorrelationId is { } id ? RecordKeys.Bytes(id) : null, null);
        var timer = new TimerRow(token, TimerScheduleProvider.Instant(scheduledTime), record, send.CorrelationId, "scheduler");
        if (scope.GetService<IOutboxCapture>() is { } outbox)
        {
            outbox.Add(timer);
        }
        else
        {
            await RunAsync(TimerTable.Insert([timer]), cancellationToken);
            scope.GetRequiredService<TimerSignal>().Wake(timer.DueAt);
        }

        return new ScheduledMessageHandle<T>(token, scheduledTime, destinationAddress, message);
    }

    public Task CancelScheduledSend(Guid tokenId, CancellationToken cancellationToken)
    {
        if (scope.GetService<IOutboxCapture>() is not { } outbox)
            return RunAsync(TimerTable.Cancel([tokenId]), cancellationToken);
        outbox.Cancel(tokenId);
        return Task.CompletedTask;
    }

    public Task CancelScheduledSend(Uri destinationAddress, Guid tokenId, CancellationToken cancellationToken) => CancelScheduledSend(tokenId, cancellationToken);

    private async Task RunAsync(NpgsqlBatchCommand command, CancellationToken ct)
    {
        await using var connection = await scope.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { command } };
        await batch.ExecuteNonQueryAsync(ct);
    }
}
