using Npgsql;
using Todo.Bus.Storage;
using Todo.Testing;

namespace Todo.Bus.Tests.Storage;

/// <summary>A database with the bus's tables, and the few questions that tests ask it.</summary>
internal sealed class BusDatabase : IAsyncDisposable
{
    private BusDatabase(string connectionString)
    {
        ConnectionString = connectionString;
        Source = NpgsqlDataSource.Create(connectionString);
    }

    public string ConnectionString { get; }

    public NpgsqlDataSource Source { get; }

    public static async Task<BusDatabase> CreateAsync(PostgresFixture postgres, string name)
    {
        var database = new BusDatabase(await postgres.CreateDatabaseAsync(name));
        await BusSchema.ApplyAsync(database.Source, CancellationToken.None);
        return database;
    }

    public async Task WriteAsync(params NpgsqlBatchCommand[] commands)
    {
        await using var connection = await Source.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        foreach (var command in commands)
            batch.BatchCommands.Add(command);
        await batch.ExecuteNonQueryAsync();
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public Task<long> CountAsync(string table, string where = "true") => ScalarAsync<long>($"select count(*) from {table} where {where}");

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
