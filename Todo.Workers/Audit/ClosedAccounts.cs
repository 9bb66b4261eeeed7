using Microsoft.EntityFrameworkCore;
using Todo.Contracts;
using Todo.Contracts.Users;
using Todo.Workers.Reminders;
using Todo.Workers.Recurrence;
using Todo.Workers.Storage;

namespace Todo.Workers.Audit;

/// <summary>Takes the words of people who left out of what Workers keep. That something happened, when and to which task, stays.</summary>
/// <remarks>
/// Not at once: the last facts of an account are still on their way then, and a ledger that forgot a task could not hear that it was deleted. And again
/// for a while, because a fact may be delivered twice.
/// </remarks>
internal sealed class ClosedAccounts(WorkersDbContext db, TimeProvider clock)
{
    private const string Forgotten = """{"forgotten": "the account was closed"}""";

    private static readonly string Closing = MessageCatalogue.All[typeof(UserDeleted)];
    private static readonly TimeSpan Settled = TimeSpan.FromHours(1);
    private static readonly TimeSpan Watched = TimeSpan.FromDays(30);

    /// <summary>How many entries lost their words.</summary>
    public async Task<int> ForgetAsync(CancellationToken ct)
    {
        var (oldest, newest) = (clock.GetUtcNow() - Watched, clock.GetUtcNow() - Settled);
        var owners = await db.AuditEntries
            .Where(entry => entry.Type == Closing && entry.OwnerId != null && entry.RecordedAt > oldest && entry.RecordedAt < newest)
            .Select(entry => entry.OwnerId!.Value).Distinct().ToListAsync(ct);
        var forgotten = 0;
        foreach (var owner in owners)
            forgotten += await ForgetAsync(owner, ct);
        return forgotten;
    }

    private async Task<int> ForgetAsync(Guid owner, CancellationToken ct)
    {
        await db.WitnessedTasks.Where(task => task.OwnerId == owner).ExecuteDeleteAsync(ct);
        await db.Set<ReminderState>().Where(saga => saga.OwnerId == owner && saga.TimerToken == null).ExecuteDeleteAsync(ct);
        await db.Set<RecurrenceState>().Where(saga => saga.OwnerId == owner).ExecuteDeleteAsync(ct);
        await db.Deliveries.Where(delivery => delivery.UserId == owner).ExecuteDeleteAsync(ct);
        return await db.Database.ExecuteSqlAsync(
            $"update audit.entries set payload = {Forgotten}::jsonb where owner_id = {owner} and type <> {Closing} and payload <> {Forgotten}::jsonb", ct);
    }
}
