using Microsoft.EntityFrameworkCore;
using Todo.Workers.Storage;

namespace Todo.Workers.Ledger;

/// <summary>Compares tasks, witness, sagas, timers and deliveries, and says again what somebody missed. Safe to run at any time, twice, or in two places.</summary>
internal sealed class LedgerAudit(WorkersDbContext db, TaskGaps tasks, ReminderGaps reminders, SeriesGaps series, TimeProvider clock)
{
    public async Task<AuditReport> RunAsync(CancellationToken ct)
    {
        var scope = await AuditScope.OfAsync(db, clock.GetUtcNow(), ct);
        List<Finding> findings =
        [
            new("tasks whose last fact was never heard", await tasks.SayAgainAsync(scope, ct), "asked the Api to say them again"),
            new("tasks without their saga, or ahead of it", await reminders.RecheckAsync(scope, ct), "told the saga again"),
            new("sagas without their timer", await reminders.ReviveTimersAsync(scope, ct), "woke the saga"),
            new("timers whose saga wants another or is gone", await reminders.CancelStaleTimersAsync(scope, ct), "cancelled them"),
            new("reminders that fired and were not delivered", await reminders.SayAgainAsync(scope, ct), "said them again"),
            new("sagas and timers whose task is gone", await tasks.PutToRestAsync(scope, ct), "closed the saga, which cancels its timer"),
            new("repeating tasks without their series, or ahead of it", await series.SayAgainAsync(scope, ct), "asked the Api to say them again"),
            new("series with two live tasks", await series.TakeBackAsync(scope, ct), "asked the Api to take the later one back"),
            new("next occurrences that never came", await series.AskAgainAsync(scope, ct), "asked the Api for them again"),
        ];
        await db.SaveChangesAsync(ct);
        return new AuditReport(
            findings,
            await CountAsync($"select count(*) as \"Value\" from ops.reminder_ledger where missed", ct),
            await CountAsync($"select count(*) as \"Value\" from ops.reminder_ledger where duplicated", ct),
            await CountAsync($"select count(*) as \"Value\" from ops.recurrence_ledger where missed", ct));
    }

    private Task<long> CountAsync(FormattableString sql, CancellationToken ct) => db.Database.SqlQuery<long>(sql).SingleAsync(ct);
}
