using System.Runtime.CompilerServices;
using Npgsql;
using Testcontainers.PostgreSql;
using Todo.AppHost.Postgres;
using Xunit;

namespace Todo.Testing;

/// <summary>One PostgreSQL server for the test process, and a database of its own for everyone who asks.</summary>
/// <remarks>
/// The server is the one of TODO_POSTGRES (an Npgsql connection string of a user who may create databases) when set, else a
/// container where an engine answers, else a cluster in a temporary folder that disappears with the process. Use it as
/// <c>IClassFixture&lt;PostgresFixture&gt;</c>; all instances share the server.
/// </remarks>
public sealed class PostgresFixture : IAsyncLifetime
{
    private static readonly Lazy<Task<string>> Server = new(StartServerAsync);
    private static int _databases;

    private readonly List<string> _created = [];

    /// <summary>A connection to the server's maintenance database.</summary>
    public string AdminConnectionString { get; private set; } = "";

    public async ValueTask InitializeAsync() => AdminConnectionString = await Server.Value;

    /// <summary>A fresh, empty database; its connection string. Without a name it is called after the calling file.</summary>
    public async Task<string> CreateDatabaseAsync(string? name = null, [CallerFilePath] string callerFile = "")
    {
        name ??= Path.GetFileNameWithoutExtension(callerFile.Replace('\\', '/'));
        var database = $"{new string([.. name.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit).Take(30)])}_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"create database \"{database}\"");
        lock (_created)
            _created.Add(database);

        return new NpgsqlConnectionStringBuilder(AdminConnectionString)
        {
            Database = database,
            // Many classes share one server; each keeps a modest pool.
            MaxPoolSize = 30,
            IncludeErrorDetail = true,
        }.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        // A server of our own goes as a whole; somebody else's is left as it was found.
        if (Environment.GetEnvironmentVariable("TODO_POSTGRES") is not { Length: > 0 })
            return;

        foreach (var database in _created)
            await ExecuteAsync($"drop database if exists \"{database}\" with (force)");
    }

    private static async Task<string> StartServerAsync()
    {
        if (Environment.GetEnvironmentVariable("TODO_POSTGRES") is { Length: > 0 } given)
            return given;

        if (await ContainerEngine.IsThereAsync() && await TryStartContainerAsync() is { } container)
            return container;

        var folder = Path.Combine(Path.GetTempPath(), $"todobus-pg-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..6]}");
        var cluster = await PostgresCluster.StartAsync(
            new PostgresSettings(folder) { Durable = false, Temporary = true, MaxConnections = 300 },
            line => Console.Error.WriteLine($"PostgreSQL: {line}"));

        // Elsewhere the server is stopped by its watch when this process ends.
        if (OperatingSystem.IsWindows())
            AppDomain.CurrentDomain.ProcessExit += (_, _) => cluster.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(10));

        return cluster.ConnectionStringFor("postgres");
    }

    private static async Task<string?> TryStartContainerAsync()
    {
        try
        {
            var container = new PostgreSqlBuilder("postgres:17-alpine").WithCommand("-c", "max_connections=300", "-c", "fsync=off").Build();
            await container.StartAsync();
            return container.GetConnectionString();
        }
        catch (Exception e)
        {
            await Console.Error.WriteLineAsync($"PostgreSQL: the container did not start ({e.Message}); using a local server instead.");
            return null;
        }
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(AdminConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
