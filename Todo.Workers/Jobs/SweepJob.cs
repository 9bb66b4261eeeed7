using Hangfire;
using Microsoft.EntityFrameworkCore;
using Todo.Workers.Audit;
using Todo.Workers.Reminders;
using Todo.Workers.Storage;

namespace Todo.Workers.Jobs;

/// <summary>Lets go of what nobody asks for any more, once a day.</summary>
/// <remarks>The audit and the ledgers are kept for ever, unless Audit:KeepDays says how long.</remarks>
[AutomaticRetry(Attempts = 2)]
public sealed class SweepJob(IServiceScopeFactory scopes, IConfiguration configuration, TimeProvider clock)
{
    /// <summary>Longer than a task stays in the trash, so that a late fact still meets its saga.</summary>
    private static readonly TimeSpan ClosedSagas = TimeSpan.FromDays(60);

    private static readonly TimeSpan Deliveries = TimeSpan.FromDays(400);

    public async Task<string> RunAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WorkersDbContext>();
        var (sagasBefore, deliveriesBefore) = (clock.GetUtcNow() - ClosedSagas, clock.GetUtcNow() - Deliveries);
        var sagas = await db.Set<ReminderState>()
            .Where(saga => saga.CurrentState == "Closed" && saga.UpdatedAt < sagasBefore).ExecuteDeleteAsync(ct);
        var witnessed = await db.WitnessedTasks
            .Where(task => task.HeardAt < sagasBefore && !db.Set<ReminderState>().Any(saga => saga.CorrelationId == task.TaskId)).ExecuteDeleteAsync(ct);
        var deliveries = await db.Deliveries
            .Where(delivery => delivery.NextAttemptAt == null && delivery.CreatedAt < deliveriesBefore).ExecuteDeleteAsync(ct);
        var forgotten = await new ClosedAccounts(db, clock).ForgetAsync(ct);
        var old = configuration.GetValue<int?>("Audit:KeepDays") is { } days ? await new OldEntries(db).RemoveAsync(clock.GetUtcNow().AddDays(-days), ct) : 0;
        return $"swept {sagas} sagas of closed tasks, {witnessed} witnessed tasks, {deliveries} deliveries, the words of {forgotten} entries of closed accounts, {old} old entries";
    }
}
