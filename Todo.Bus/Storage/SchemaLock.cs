using Npgsql;

namespace Todo.Bus.Storage;

/// <summary>One process at a time changes the database's schemas. Two that made the same schema at once would trip over each other.</summary>
public static class SchemaLock
{
    internal const long Key = 0x0B05_5C4E_3A00; // any number, as long as nobody else locks it

    /// <summary>Runs a migration while no other process runs one; waits for its turn, and for a database that is still coming up.</summary>
    public static async Task RunAloneAsync(NpgsqlDataSource source, Func<Task> migrate, CancellationToken ct)
    {
        await using var connection = await OpenAsync(source, ct);
        await using (var take = new NpgsqlCommand("select pg_advisory_lock($1)", connection) { Parameters = { new() { Value = Key } }, CommandTimeout = 0 })
            await take.ExecuteNonQueryAsync(ct);
        try
        {
            await migrate();
        }
        finally
        {
            await using var free = new NpgsqlCommand("select pg_advisory_unlock($1)", connection) { Parameters = { new() { Value = Key } } };
            await free.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    private static async Task<NpgsqlConnection> OpenAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        for (var pause = TimeSpan.FromMilliseconds(200); ; pause = TimeSpan.FromMilliseconds(Math.Min(pause.TotalMilliseconds * 2, 5_000)))
        {
            try
            {
                return await source.OpenConnectionAsync(ct);
            }
            catch (NpgsqlException away) when (away.IsTransient)
            {
                await Task.Delay(pause, ct);
            }
        }
    }
}
