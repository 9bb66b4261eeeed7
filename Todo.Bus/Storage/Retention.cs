using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Todo.Bus.Storage;

/// <summary>Forgets what is no longer needed: inbox entries after 7 days, settled dead letters and what was done about refused messages after 30. Waiting letters stay for ever.</summary>
/// <remarks>Small batches, so that nobody waits for it; any number of processes may do it at once.</remarks>
internal sealed class Retention(NpgsqlDataSource source, TimeProvider clock, ILogger<Retention> logger) : BackgroundService
{
    public static readonly TimeSpan KeepInbox = TimeSpan.FromDays(7);
    public static readonly TimeSpan KeepLetters = TimeSpan.FromDays(30);

    private const int BatchRows = 5_000;
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    private const string ForgetInboxSql =
        """
        with old as (select consumer, message_id from bus.inbox where received_at < $1 limit $2 for update skip locked)
        delete from bus.inbox using old where inbox.consumer = old.consumer and inbox.message_id = old.message_id
        """;

    private const string ForgetLettersSql =
        """
        with old as (select id from bus.dead_letters where settled_at < $1 limit $2 for update skip locked)
        delete from bus.dead_letters using old where dead_letters.id = old.id
        """;

    private const string ForgetActionsSql =
        """
        with old as (select id from bus.outbox_actions where at < $1 limit $2 for update skip locked)
        delete from bus.outbox_actions using old where outbox_actions.id = old.id
        """;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken).AsTask().ContinueWith(tick => tick.IsCompletedSuccessfully && tick.Result, TaskScheduler.Default))
        {
            try
            {
                await ForgetAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (NpgsqlException away)
            {
                logger.NotForgotten(away);
            }
        }
    }

    /// <summary>Forgets all that is old enough now.</summary>
    public async Task<(int Inbox, int Letters, int Actions)> ForgetAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return (
            await ForgetAsync(ForgetInboxSql, now - KeepInbox, ct),
            await ForgetAsync(ForgetLettersSql, now - KeepLetters, ct),
            await ForgetAsync(ForgetActionsSql, now - KeepLetters, ct));
    }

    private async Task<int> ForgetAsync(string sql, DateTimeOffset before, CancellationToken ct)
    {
        var forgotten = 0;
        int batch;
        do
        {
            await using var command = source.CreateCommand(sql);
            command.Parameters.Add(new() { Value = before.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
            command.Parameters.Add(new() { Value = BatchRows });
            batch = await command.ExecuteNonQueryAsync(ct);
            forgotten += batch;
        }
        while (batch == BatchRows);
        return forgotten;
    }
}
