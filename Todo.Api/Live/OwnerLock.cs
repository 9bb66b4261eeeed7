using Microsoft.EntityFrameworkCore;
using Todo.Api.Storage;

namespace Todo.Api.Live;

/// <summary>The owner's next sequence number, and with it the right to be the only writer until the commit.</summary>
/// <remarks>Plain SQL: an upsert that returns, in one trip, which EF cannot say.</remarks>
internal static class OwnerLock
{
    public static async Task<long> TakeAsync(TodoDbContext db, Guid ownerId, CancellationToken ct) =>
        (await db.Database.SqlQuery<long>(
            $"""
            INSERT INTO tasks.owners AS o (owner_id, sequence, forgotten_up_to) VALUES ({ownerId}, 1, 0)
            ON CONFLICT (owner_id) DO UPDATE SET sequence = o.sequence + 1
            RETURNING sequence AS "Value"
            """).ToListAsync(ct))[0];

    /// <summary>Takes more numbers; the lock is ours already.</summary>
    public static Task AdvanceAsync(TodoDbContext db, Guid ownerId, int by, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"UPDATE tasks.owners SET sequence = sequence + {by} WHERE owner_id = {ownerId}", ct);
}
