using Microsoft.EntityFrameworkCore;
using Todo.Workers.Storage;

namespace Todo.Workers.Ledger;

/// <summary>The moment of an audit, and how far around it the audit looks.</summary>
/// <param name="Now">When it runs.</param>
/// <param name="KnowsTasks">False where the Api has not published its tasks: then nothing is compared with them.</param>
internal sealed record AuditScope(DateTimeOffset Now, bool KnowsTasks)
{
    /// <summary>What is younger than this is on its way and no gap yet.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    /// <summary>Shorter than anything is kept before it is swept, so that what was swept on purpose is never taken for lost.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(45);

    public DateTimeOffset Young => Now - Grace;

    public DateTimeOffset Old => Now - Remembered;

    public static async Task<AuditScope> OfAsync(WorkersDbContext db, DateTimeOffset now, CancellationToken ct) =>
        new(now, await db.Database.SqlQuery<bool>($"select to_regclass('ops.tasks') is not null as \"Value\"").SingleAsync(ct));
}
