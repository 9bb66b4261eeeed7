using MassTransit;
using MassTransit.Middleware;
using MassTransit.Serialization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Todo.Bus.Outbox;

/// <summary>Hands over to the bus what was published and sent in committed transactions: at least once, in the order of the commits, by one process of the application at a time.</summary>
/// <remarks>From there on the bus's own transport is responsible; the in-memory one keeps nothing. A message the bus does not take is set aside after some attempts and shown in <c>ops.bus_messages</c>.</remarks>
internal sealed class BusDelivery(NpgsqlDataSource source, IBusControl bus, OutboxSignal signal, ApplicationName application, ILogger<BusDelivery> logger) : BackgroundService
{
    private const int LockClass = 0x0B07;
    private const int Page = 100;
    private const int MostAttempts = 5;

    /// <summary>How soon messages of a process that ended are found.</summary>
    private static readonly TimeSpan SafetyPoll = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan UntilListening = TimeSpan.FromMilliseconds(50);

    private const string TakeSql =
        """
        select id, destination, message_id, message_type, content_type, body, envelope::text from bus.messages
        where application = $1 and failed_at is null and pg_try_advisory_xact_lock($2, hashtext($1))
        order by id
        limit $3
        """;

    private const string RefuseSql =
        "update bus.messages set attempts = attempts + 1, last_error = $2, failed_at = case when attempts + 1 >= $3 then clock_timestamp() end where id = $1";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!IsListening())
                    await Task.Delay(UntilListening, stoppingToken);
                else if (await DeliverAsync(stoppingToken) < Page)
                    await signal.WaitForBusAsync(SafetyPoll, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception away)
            {
                logger.BusNotServed(away);
                await Task.Delay(SafetyPoll, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    /// <summary>A message that came before the queues of the bus are bound would reach nobody. (Topics are not the bus's own, and may be late.)</summary>
    private bool IsListening() =>
        bus.CheckHealth().Endpoints.All(endpoint => endpoint.Key.Contains("kafka/", StringComparison.Ordinal) || endpoint.Value.Status == BusHealthStatus.Healthy);

    private async Task<int> DeliverAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var messages = await TakeAsync(connection, ct);
        if (messages.Count == 0)
            return 0;

        var delivered = new List<long>(messages.Count);
        NpgsqlBatchCommand? refused = null;
        foreach (var (id, message) in messages)
        {
            try
            {
                var stored = new StoredBusMessage(message);
                var endpoint = await bus.GetSendEndpoint(stored.Destination);
                await endpoint.Send(new SerializedMessageBody(), new OutboxMessageSendPipe(stored, stored.Destination), ct);
                delivered.Add(id);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                logger.BusRefused(failure, message.MessageId, message.Destination);
                refused = new(RefuseSql) { Parameters = { new() { Value = id }, new() { Value = failure.Message }, new() { Value = MostAttempts } } };
                break; // what follows keeps its order and waits for the next turn
            }
        }

        await using var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { new("delete from bus.messages where id = any($1)") { Parameters = { new() { Value = delivered.ToArray() } } } } };
        if (refused is not null)
            batch.BatchCommands.Add(refused);
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        return refused is null ? messages.Count : 0;
    }

    private async Task<List<(long Id, BusMessage Message)>> TakeAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var take = new NpgsqlCommand(TakeSql, connection) { Parameters = { new() { Value = application.Value }, new() { Value = LockClass }, new() { Value = Page } } };
        await using var reader = await take.ExecuteReaderAsync(ct);
        var messages = new List<(long, BusMessage)>();
        while (await reader.ReadAsync(ct))
        {
            messages.Add((reader.GetInt64(0), new BusMessage(
                application.Value, reader.GetString(1), reader.GetGuid(2), reader.GetString(3), reader.GetString(4), reader.GetString(5), reader.GetString(6))));
        }

        return messages;
    }
}
