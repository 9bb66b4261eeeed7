using System.Runtime.ExceptionServices;
using MassTransit;
using MassTransit.Transports;
using Microsoft.Extensions.Logging;
using Npgsql;
using Todo.Bus.DeadLetters;
using Todo.Bus.Kafka;
using Todo.Bus.Outbox;
using Todo.Bus.Sagas;
using Todo.Bus.Scheduling;

namespace Todo.Bus.Batching;

/// <summary>Handles messages together in one transaction, and finds the culprit when that fails.</summary>
/// <remarks>
/// A message that throws is undone in memory and the rest goes on. One whose own SQL may have left traces, or that broke the
/// transaction, costs a rollback and a second run without it. A commit that fails is split in halves until one message is left.
/// What follows a failed message on its key is held back with it, so the order per key survives failure.
/// </remarks>
internal sealed class BatchRunner(
    NpgsqlDataSource? source,
    TopicEndpointSettings settings,
    ReceiveEndpointContext endpoint,
    IReceivePipeDispatcher dispatcher,
    TopicAddresses addresses,
    IReadOnlyList<ISagaLoader> sagas,
    OutboxSignal outbox,
    TimerSignal timers,
    ILogger logger)
{
    /// <summary>Runs the messages. Returns those that failed and those held back behind them; every other one has had its effect, once.</summary>
    /// <exception cref="NpgsqlException">The database cannot be reached or is in trouble: nothing was decided, run them again later.</exception>
    public async Task<BatchResult> RunAsync(IReadOnlyList<ReadyMessage> messages, CancellationToken ct)
    {
        var result = new BatchResult();
        if (settings.Transactional)
            await RunAsync(messages, result, ct);
        else
            await RunLooseAsync(messages, result);
        return result;
    }

    private async Task RunLooseAsync(IReadOnlyList<ReadyMessage> messages, BatchResult result)
    {
        foreach (var message in messages)
        {
            try
            {
                await DispatchAsync(new RecordReceiveContext(message, endpoint, addresses.Of(message.Record.Position.Topic), settings.GroupId));
                result.Done.Add(message.Record);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                result.Fail(message.Record, failure);
            }
        }
    }

    private async Task RunAsync(IReadOnlyList<ReadyMessage> messages, BatchResult result, CancellationToken ct)
    {
        var races = 0;
        while (true)
        {
            messages = result.WithoutHeldBack(messages);
            if (messages.Count == 0)
                return;

            try
            {
                if (await TryRunAsync(messages, result, ct) is not { } culprit)
                    return;
                messages = [.. messages.Where(message => message != culprit)];
            }
            catch (Exception race) when (IsRace(race) && races++ < 10)
            {
                BatchingLog.Raced(logger, settings.Topic, settings.Consumer, race.Message);
            }
            catch (Exception broken) when (broken is PostgresException { IsTransient: false } or InvalidCastException or ArgumentException or OverflowException or SagaRaceException)
            {
                if (messages.Count == 1)
                {
                    result.Fail(messages[0].Record, broken);
                    return;
                }

                // The commit says that a row does not fit, not whose it is.
                var half = messages.Count / 2;
                await RunAsync([.. messages.Take(half)], result, ct);
                await RunAsync([.. messages.Skip(half)], result, ct);
                return;
            }
        }
    }

    /// <summary>One transaction. Returns the message to leave out when all must run again without it; null when it has committed.</summary>
    private async Task<ReadyMessage?> TryRunAsync(IReadOnlyList<ReadyMessage> messages, BatchResult result, CancellationToken ct)
    {
        await using var batch = await Batch.BeginAsync(source!, ct);
        var contexts = messages.Select(message => Prepare(message, batch)).ToList();
        var fresh = await OpenAsync(batch, contexts, ct);

        var units = new List<MessageUnit>(messages.Count);
        var done = new List<KafkaRecord>(messages.Count);
        var failed = new List<Guid>();
        var attempt = new BatchResult(result);
        foreach (var handled in contexts)
        {
            var message = handled.Message;
            if (!fresh.Remove(message.InboxId))
            {
                done.Add(message.Record); // its effect is committed already
                continue;
            }

            if (attempt.HoldBack(message.Record))
            {
                failed.Add(message.InboxId);
                continue;
            }

            try
            {
                await DispatchAsync(handled.Context);
                units.Add(handled.Unit);
                done.Add(message.Record);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                if (TransientIn(failure) is { } trouble)
                    ExceptionDispatchInfo.Throw(trouble);
                if (handled.Unit.UsedConnection || PostgresIn(failure) is not null)
                {
                    result.Fail(message.Record, failure);
                    return message;
                }

                handled.Unit.Forget();
                failed.Add(message.InboxId);
                attempt.Fail(message.Record, failure);
            }
        }

        await batch.CommitAsync(units, Closing(done, failed), ct);
        result.Take(attempt, done);
        foreach (var unit in units)
            unit.Announce(outbox, timers);
        return null;
    }

    private Handled Prepare(ReadyMessage message, Batch batch)
    {
        var unit = new MessageUnit(batch, settings.Consumer, message.MessageId) { RecordKey = message.Record.Key, TimerTopic = settings.TimerTopic };
        return new Handled(message, unit, new RecordReceiveContext(message, endpoint, addresses.Of(message.Record.Position.Topic), settings.GroupId, unit));
    }

    /// <summary>Inbox and saga locks in one round trip; returns the messages not handled before.</summary>
    private async Task<HashSet<Guid>> OpenAsync(Batch batch, List<Handled> handled, CancellationToken ct)
    {
        await using var open = new NpgsqlBatch(batch.Connection, batch.Transaction);
        // Array joins are planned for the table as it was last analyzed: on one believed empty they would scan it, for each batch.
        open.BatchCommands.Add(new NpgsqlBatchCommand("set local enable_seqscan = off"));
        open.BatchCommands.Add(InboxTable.Insert(settings.Consumer, [.. handled.Select(one => one.Message.InboxId).Distinct().Order()]));

        var locks = new List<(ISagaLoader Loader, Guid[] Ids)>();
        foreach (var loader in sagas)
        {
            var ids = new SortedSet<Guid>();
            foreach (var one in handled)
            {
                if (await loader.FindIdAsync(one.Context.ConsumeContext, one.Message.Type) is { } id)
                    ids.Add(id);
            }

            if (ids.Count == 0)
                continue;
            locks.Add((loader, [.. ids]));
            open.BatchCommands.Add(loader.Lock([.. ids]));
        }

        var fresh = new HashSet<Guid>();
        await using var reader = await open.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            fresh.Add(reader.GetGuid(0));
        foreach (var (loader, ids) in locks)
        {
            await reader.NextResultAsync(ct);
            await loader.TakeAsync(batch, ids, reader, ct);
        }

        return fresh;
    }

    private List<NpgsqlBatchCommand> Closing(List<KafkaRecord> done, List<Guid> failed)
    {
        var commands = new List<NpgsqlBatchCommand>();
        if (failed.Count > 0)
            commands.Add(InboxTable.Delete(settings.Consumer, failed));
        var replayed = done.Where(record => record.DeadLetterId is not null).Select(record => record.DeadLetterId!.Value).ToList();
        if (replayed.Count > 0)
            commands.Add(DeadLetterTable.MarkReplayed(replayed));
        return commands;
    }

    private async Task DispatchAsync(RecordReceiveContext context)
    {
        using (context)
        {
            await dispatcher.Dispatch(context, NoLock.Instance);
            if (context.IsFaulted)
                ExceptionDispatchInfo.Throw(context.Failure ?? new MassTransitException("The message failed without saying why."));
        }
    }

    private static bool IsRace(Exception exception) =>
        exception is SagaRaceException
        || PostgresIn(exception)?.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;

    private static PostgresException? PostgresIn(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is PostgresException found)
                return found;
        }

        return null;
    }

    private static Exception? TransientIn(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is NpgsqlException { IsTransient: true })
                return exception;
        }

        return null;
    }

    private sealed record Handled(ReadyMessage Message, MessageUnit Unit, RecordReceiveContext Context);

    private sealed class NoLock : ReceiveLockContext
    {
        public static readonly NoLock Instance = new();

        public Task Complete() => Task.CompletedTask;

        public Task Faulted(Exception exception) => Task.CompletedTask;

        public Task ValidateLockStatus() => Task.CompletedTask;
    }
}
