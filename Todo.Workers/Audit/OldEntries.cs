using Microsoft.EntityFrameworkCore;
using Todo.Workers.Storage;

namespace Todo.Workers.Audit;

/// <summary>Removes what audit and ledgers recorded before a moment. What is still to happen stays, however old.</summary>
internal sealed class OldEntries(WorkersDbContext db)
{
    private const int Page = 10_000;

    public async Task<int> RemoveAsync(DateTimeOffset before, CancellationToken ct)
    {
        var removed = await db.ReminderLedger
            .Where(entry => entry.ExpectedAt < before && (entry.FiredAt != null || entry.CancelledAt != null)).ExecuteDeleteAsync(ct);
        removed += await db.RecurrenceLedger.Where(entry => entry.ClosedAt < before).ExecuteDeleteAsync(ct);
        for (var page = Page; page == Page; removed += page)
            page = await RemovePageAsync(before, ct);
        return removed;
    }

    /// <summary>The entries are numbered in the order of their recording, so the oldest are found at the beginning of the key, without an index by time.</summary>
    private Task<int> RemovePageAsync(DateTimeOffset before, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        with oldest as (select audit_id, recorded_at from audit.entries order by audit_id limit {Page})
        delete from audit.entries e using oldest o where e.audit_id = o.audit_id and o.recorded_at < {before.ToUniversalTime()}
        """, ct);
}
