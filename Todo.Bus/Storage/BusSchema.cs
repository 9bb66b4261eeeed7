using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Todo.Bus.Storage;

/// <summary>The bus's own tables and views: every script of this folder runs once, in order, whichever replica comes first.</summary>
/// <remarks>Scripts only ever add; a replica of an older version finds everything it knows.</remarks>
public sealed class BusSchema(NpgsqlDataSource source, ILogger<BusSchema> logger) : IHostedLifecycleService
{
    private const string Folder = "Todo.Bus.Storage.";

    /// <summary>Brings the database up to date. Safe to call from many processes at once, and again.</summary>
    public static async Task ApplyAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await RunAsync(connection, $"select pg_advisory_xact_lock({SchemaLock.Key})", ct);
        await RunAsync(
            connection,
            """
            create schema if not exists bus;
            create table if not exists bus.schema_version (
                version    integer     primary key,
                name       text        not null,
                applied_at timestamptz not null default clock_timestamp()
            );
            """,
            ct);

        var applied = await AppliedAsync(connection, ct);
        foreach (var (version, name, sql) in Scripts().Where(script => !applied.Contains(script.Version)))
        {
            await RunAsync(connection, sql, ct);
            await using var record = new NpgsqlCommand("insert into bus.schema_version (version, name) values ($1, $2)", connection)
            {
                Parameters = { new() { Value = version }, new() { Value = name } },
            };
            await record.ExecuteNonQueryAsync(ct);
        }

        await transaction.CommitAsync(ct);
    }

    /// <summary>Runs before any other part of the bus starts. A database that is still coming up is waited for.</summary>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var pause = TimeSpan.FromMilliseconds(200);
        while (true)
        {
            try
            {
                await ApplyAsync(source, cancellationToken);
                return;
            }
            catch (NpgsqlException e) when (e.IsTransient)
            {
                logger.WaitingForDatabase(e.Message);
                await Task.Delay(pause, cancellationToken);
                pause = TimeSpan.FromMilliseconds(Math.Min(pause.TotalMilliseconds * 2, 5_000));
            }
        }
    }

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The scripts by the number that their name begins with.</summary>
    internal static IEnumerable<(int Version, string Name, string Sql)> Scripts()
    {
        var assembly = typeof(BusSchema).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                var file = name[Folder.Length..];
                return (int.Parse(file[..3], CultureInfo.InvariantCulture), file, reader.ReadToEnd());
            })
            .OrderBy(script => script.Item1);
    }

    private static async Task<HashSet<int>> AppliedAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select version from bus.schema_version", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var versions = new HashSet<int>();
        while (await reader.ReadAsync(ct))
            versions.Add(reader.GetInt32(0));
        return versions;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
