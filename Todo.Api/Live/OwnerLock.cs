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

    /// <summary>
    /// The locks of those owners whose lock is free, with the next number of each; and which of the ids are taken. Waits for
    /// nobody. An owner who has never written has no lock yet, and is not among them.
    /// </summary>
    public static async Task<(Dictionary<Guid, long> Numbers, HashSet<Guid> Known)> TryTakeAsync(TodoDbContext db, Guid[] owners, Guid[] taskIds, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction())
        {
            BatchCommands =
            {
                new("SELECT owner_id, sequence + 1 FROM tasks.owners WHERE owner_id = ANY($1) FOR NO KEY UPDATE SKIP LOCKED") { Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = owners } } },
                new("SELECT task_id FROM tasks.tasks WHERE task_id = ANY($1)") { Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = taskIds } } },
            },
        };
        var numbers = new Dictionary<Guid, long>();
        var known = new HashSet<Guid>();
        await using var reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            numbers.Add(reader.GetGuid(0), reader.GetInt64(1));
        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct))
            known.Add(reader.GetGuid(0));
        return (numbers, known);
    }

    /// <summary>The statement that keeps the last number each of these owners has used; their locks are ours.</summary>
    public static NpgsqlBatchCommand Keep(IReadOnlyDictionary<Guid, long> used) =>
        new("UPDATE tasks.owners SET sequence = used.sequence FROM unnest($1, $2) AS used (owner_id, sequence) WHERE owners.owner_id = used.owner_id")
        {
            Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = [.. used.Keys] }, new NpgsqlParameter<long[]> { TypedValue = [.. used.Values] } },
        };

    /// <summary>Takes more numbers; the lock is ours already.</summary>
    public static Task AdvanceAsync(TodoDbContext db, Guid ownerId, int by, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"UPDATE tasks.owners SET sequence = sequence + {by} WHERE owner_id = {ownerId}", ct);
}
