using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Todo.Api.Storage;

namespace Todo.Api.Live;

/// <summary>The owner's next sequence number, and with it the right to be the only writer until the commit.</summary>
/// <remarks>Plain SQL, past EF: an upsert that returns, in one trip, once in every write there is.</remarks>
internal static class OwnerLock
{
    private const string TakeSql =
        """
        INSERT INTO tasks.owners AS o (owner_id, sequence, forgotten_up_to) VALUES ($1, 1, 0)
        ON CONFLICT (owner_id) DO UPDATE SET sequence = o.sequence + 1
        RETURNING sequence
        """;

    public static async Task<long> TakeAsync(TodoDbContext db, Guid ownerId, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(TakeSql, (NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction());
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = ownerId });
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Takes more numbers; the lock is ours already.</summary>
    public static Task AdvanceAsync(TodoDbContext db, Guid ownerId, int by, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"UPDATE tasks.owners SET sequence = sequence + {by} WHERE owner_id = {ownerId}", ct);
}
