using Microsoft.EntityFrameworkCore;
using Todo.Api.Commands;
using Todo.Api.Tasks;

namespace Todo.Api.Storage;

/// <summary>Lets go of what is past its time, every hour: the trash after 30 days, the live feed after 30, undo after its hour, sign-ups that nobody confirmed after a week.</summary>
/// <remarks>Replicas may do it at the same time: each deletes what is still there.</remarks>
internal sealed class Upkeep(IServiceScopeFactory scopes, TimeProvider clock, ILogger<Upkeep> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private static readonly TimeSpan Keep = TimeSpan.FromDays(30);
    private static readonly TimeSpan KeepSignUps = TimeSpan.FromDays(7);
    private const int Batch = 200;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.UpkeepFailed(e);
            }
        }
    }

    public async Task RunAsync(CancellationToken ct)
    {
        var cutoff = clock.Now() - Keep;
        await using (var scope = scopes.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<TodoDbContext>();
            await ForgetChangesAsync(db, cutoff, ct);
            await db.Undos.Where(u => u.ExpiresAt < clock.Now()).ExecuteDeleteAsync(ct);
            await db.Commands.Where(c => c.OccurredAt < clock.Now() - CommandRow.Kept).ExecuteDeleteAsync(ct);
            await db.Sessions.Where(s => s.SeenAt < cutoff).ExecuteDeleteAsync(ct);
            await ForgetSignUpsAsync(db, ct);
            await db.Notifications.Where(n => n.DismissedAt < cutoff).ExecuteDeleteAsync(ct);
        }

        while (await EmptyTrashAsync(cutoff, ct))
        {
        }
    }

    /// <summary>Sign-ups that nobody confirmed; their links ended long ago.</summary>
    private Task<int> ForgetSignUpsAsync(TodoDbContext db, CancellationToken ct)
    {
        var cutoff = clock.Now() - KeepSignUps;
        return db.Users
            .Where(u => !u.EmailConfirmed && u.CreatedAt < cutoff && !db.Sessions.Any(s => s.UserId == u.Id) && !db.Owners.Any(o => o.OwnerId == u.Id))
            .ExecuteDeleteAsync(ct);
    }

    /// <summary>SQL, because what is deleted must be noted in the same statement: a client from before then must load everything anew.</summary>
    private static Task<int> ForgetChangesAsync(TodoDbContext db, DateTimeOffset cutoff, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        WITH gone AS (DELETE FROM tasks.changes WHERE occurred_at < {cutoff} RETURNING owner_id, sequence),
             upto AS (SELECT owner_id, max(sequence) AS sequence FROM gone GROUP BY owner_id)
        UPDATE tasks.owners o SET forgotten_up_to = greatest(o.forgotten_up_to, upto.sequence) FROM upto WHERE o.owner_id = upto.owner_id
        """, ct);

    /// <summary>One owner's oldest trash; false when there is none left.</summary>
    private async Task<bool> EmptyTrashAsync(DateTimeOffset cutoff, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (db, writer) = (scope.ServiceProvider.GetRequiredService<TodoDbContext>(), scope.ServiceProvider.GetRequiredService<TaskWriter>());
        if (await db.Tasks.Where(t => t.DeletedAt < cutoff).Select(t => (Guid?)t.OwnerId).FirstOrDefaultAsync(ct) is not { } ownerId)
            return false;

        await writer.BeginAsync(ownerId, ct);
        var gone = await db.TasksOf(ownerId).Where(t => t.DeletedAt < cutoff).OrderBy(t => t.TaskId).Take(Batch).ToListAsync(ct);
        db.Tasks.RemoveRange(gone);
        foreach (var task in gone)
            writer.TellGone(task.TaskId, clock.Now());
        await writer.CommitAsync(ct);
        return true;
    }
}

internal static partial class UpkeepLog
{
    public static IServiceCollection AddUpkeep(this IServiceCollection services) =>
        services.AddSingleton<Upkeep>().AddHostedService(provider => provider.GetRequiredService<Upkeep>());

    [LoggerMessage(LogLevel.Error, "Upkeep failed; it is tried again in an hour")]
    public static partial void UpkeepFailed(this ILogger log, Exception e);
}
