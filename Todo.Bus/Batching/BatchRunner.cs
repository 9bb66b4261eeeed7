using System.Diagnostics;
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
using Todo.Bus.Telemetry;

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
    RecordReader reader,
    TopicAddresses addresses,
    IReadOnlyList<ISagaLoader> sagas,
    OutboxSignal outbox,
    TimerSignal timers,
    IServiceProvider services,
    ILogger logger)
    : IBatchRunner
{
    /// <summary>So often a batch that met others on its rows is run again at once.</summary>
    private const int MostRaces = 10;

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
        foreach (var together in messages.Chunk(settings.DeliveryCount))
        {
            var failures = await Task.WhenAll(together.Select(DispatchLooseAsync));
            foreach (var (message, failure) in together.Zip(failures))
            {
                if (failure is null)
                    result.Done.Add(message.Record);
                else
                    result.Fail(message.Record, failure);
            }
        }
    }

    private async Task<Exception?> DispatchLooseAsync(ReadyMessage message)
    {
        try
        {
            await DispatchAsync(reader.Open(message, endpoint, addresses.Of(message.Record.Position.Topic), settings.GroupId));
            return null;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return failure;
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
                if (await TryRunAsync(messages, result, races, ct) is not { } culprit)
                    return;
                messages = [.. messages.Where(message => message != culprit)];
            }
            catch (Exception race) when (SagaRaceException.IsIn(race) && races++ < MostRaces)
            {
                BatchingLog.Raced(logger, settings.Topic, settings.Consumer, race.Message);
            }
            catch (Exception broken) when (Blame.IsMessages(broken))
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
    private async Task<ReadyMessage?> TryRunAsync(IReadOnlyList<ReadyMessage> messages, BatchResult result, int races, CancellationToken ct)
    {
        using var span = BusTracing.Batch(settings.Topic, settings.Consumer, messages.Count);
        await using var batch = await Batch.BeginAsync(source!, ct);
        var contexts = messages.Select(message => Prepare(message, batch)).ToList();
        var fresh = await OpenPatientlyAsync(batch, contexts, ct);

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
                if (races < MostRaces && SagaRaceException.IsIn(failure))
                    throw;
                if (Blame.DatabaseIn(failure) is { } trouble)
                    ExceptionDispatchInfo.Throw(trouble);
                if (handled.Unit.UsedConnection || Blame.PostgresIn(failure) is not null)
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
        var unit = new MessageUnit(batch, settings.Consumer, message.MessageId) { RecordKey = message.Record.Key, TimerTopic = settings.TimerTopic, Services = services };
        return new Handled(message, unit, reader.Open(message, endpoint, addresses.Of(message.Record.Position.Topic), settings.GroupId, unit));
    }

    private async Task<HashSet<Guid>> OpenPatientlyAsync(Batch batch, List<Handled> handled, CancellationToken ct)
    {
        try
        {
            return await OpenAsync(batch, handled, ct);
        }
        catch (PostgresException refused) when (!SagaRaceException.IsIn(refused))
        {
            // Ids and locks carry nothing of a message that could be wrong: a missing table or right is not its fault.
            throw new NpgsqlException($"The batch could not be opened: {refused.MessageText}", refused);
        }
    }

    /// <summary>Inbox and saga locks in one round trip; returns the messages not handled before.</summary>
    private async Task<HashSet<Guid>> OpenAsync(Batch batch, List<Handled> handled, CancellationToken ct)
    {
        await using var open = new NpgsqlBatch(batch.Connection, batch.Transaction);
        // Array joins are planned for the table as it was last analyzed: on one believed empty they would scan it, for each batch.
        open.BatchCommands.Add(new NpgsqlBatchCommand("set local enable_seqscan = off"));
        open.BatchCommands.Add(InboxTable.Insert(settings.Inbox, [.. handled.Select(one => one.Message.InboxId).Distinct().Order()]));

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
            commands.Add(InboxTable.Delete(settings.Inbox, failed));
        var replayed = done.Where(record => record.DeadLetterId is not null).Select(record => record.DeadLetterId!.Value).ToList();
        if (replayed.Count > 0)
            commands.Add(DeadLetterTable.MarkReplayed(replayed));
        return commands;
    }

    private async Task DispatchAsync(RecordReceiveContext context)
    {
        var started = Stopwatch.GetTimestamp();
        using var span = BusTracing.Process(context, settings.Consumer);
        try
        {
            using (context)
            {
                context.Span = span;
                await dispatcher.Dispatch(context, NoLock.Instance);
                if (context.IsFaulted)
                    ExceptionDispatchInfo.Throw(context.Failure ?? new MassTransitException("The message failed without saying why."));
            }

            BusMetrics.Processed(context.Topic, settings.Consumer, Stopwatch.GetElapsedTime(started), null);
        }
        catch (Exception failure)
        {
            span.Failed(failure);
            BusMetrics.Processed(context.Topic, settings.Consumer, Stopwatch.GetElapsedTime(started), failure);
            throw;
        }
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
