using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace Todo.AppHost.Dapr;

/// <summary>Dapr's state.postgresql v2, in the tables that Dapr itself would make, so that daprd can take over the same database.</summary>
internal sealed class PostgresStates : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly string _table;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _cleaning;

    private PostgresStates(NpgsqlDataSource source, string table, string keyPrefix, TimeSpan? cleanupInterval)
    {
        _source = source;
        _table = table;
        KeyPrefix = keyPrefix;
        _cleaning = cleanupInterval is { } interval ? CleanAsync(interval) : Task.CompletedTask;
    }

    /// <summary>Whose name stands before each key: appid, name, none, or a text.</summary>
    public string KeyPrefix { get; }

    public static async Task<PostgresStates> OpenAsync(
        string connectionString, string tablePrefix, string metadataTable, string keyPrefix, TimeSpan? cleanupInterval, CancellationToken ct)
    {
        // What stands in the component file is spliced into SQL; it is ours, but a stray quote should say so early.
        foreach (var name in (string[])[tablePrefix, metadataTable])
        {
            if (name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not '_' and not '.'))
                throw new FormatException($"'{name}' cannot be part of a table's name");
        }

        var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "dapr-sidecar", MaxPoolSize = 20 });
        var states = new PostgresStates(source, tablePrefix + "state", keyPrefix, cleanupInterval);
        await states.MigrateAsync(tablePrefix, metadataTable, ct);
        return states;
    }

    public async Task<StateRow?> GetAsync(string key, CancellationToken ct) =>
        (await GetAsync([key], ct)).SingleOrDefault();

    public async Task<IReadOnlyList<StateRow>> GetAsync(IReadOnlyCollection<string> keys, CancellationToken ct)
    {
        await using var command = _source.CreateCommand(
            $"select key, value, etag, expires_at from {_table} where key = any($1) and (expires_at is null or expires_at >= now())");
        command.Parameters.Add(new() { Value = keys.ToArray() });

        var rows = new List<StateRow>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            rows.Add(new StateRow(
                reader.GetString(0),
                reader.GetFieldValue<byte[]>(1),
                reader.GetGuid(2).ToString(),
                reader.IsDBNull(3) ? null : reader.GetFieldValue<DateTimeOffset>(3)));
        }

        return rows;
    }

    public async Task ApplyAsync(StateChange change, CancellationToken ct)
    {
        await using var connection = await _source.OpenConnectionAsync(ct);
        await ApplyAsync(change, connection, ct);
    }

    /// <summary>All of the changes or none.</summary>
    public async Task ApplyAsync(IReadOnlyCollection<StateChange> changes, CancellationToken ct)
    {
        await using var connection = await _source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        foreach (var change in changes)
            await ApplyAsync(change, connection, ct);
        await transaction.CommitAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _cleaning;
        _stopping.Dispose();
        await _source.DisposeAsync();
    }

    private async Task ApplyAsync(StateChange change, NpgsqlConnection connection, CancellationToken ct)
    {
        var etag = Guid.Empty;
        if (change.Etag is { } text && !Guid.TryParse(text, CultureInfo.InvariantCulture, out etag))
            throw new EtagMismatchException();

        await using var command = change.Value is null ? Delete(change, etag, connection) : Upsert(change, etag, connection);
        if (await command.ExecuteNonQueryAsync(ct) > 0)
            return;

        if (change.Etag is not null)
            throw new EtagMismatchException();
        if (change.Value is not null)
            throw new InvalidOperationException("no item was updated");
    }

    private NpgsqlCommand Delete(StateChange change, Guid etag, NpgsqlConnection connection) =>
        change.Etag is null
            ? new NpgsqlCommand($"delete from {_table} where key = $1", connection) { Parameters = { new() { Value = change.Key } } }
            : new NpgsqlCommand($"delete from {_table} where key = $1 and etag = $2", connection)
            {
                Parameters = { new() { Value = change.Key }, new() { Value = etag } },
            };

    private NpgsqlCommand Upsert(StateChange change, Guid etag, NpgsqlConnection connection)
    {
        const string assignments = "value = $2, etag = gen_random_uuid(), updated_at = now(), expires_at = now() + make_interval(secs => $3)";
        var insert = $"insert into {_table} as row (key, value, expires_at) values ($1, $2, now() + make_interval(secs => $3)) on conflict (key) do update set {assignments}";
        var command = new NpgsqlCommand(
            change switch
            {
                { Etag: not null } => $"update {_table} set {assignments} where key = $1 and etag = $4 and (expires_at is null or expires_at >= now())",
                // A row that has expired counts as absent.
                { FirstWrite: true } => $"{insert} where row.expires_at < now()",
                _ => insert,
            },
            connection)
        {
            Parameters =
            {
                new() { Value = change.Key },
                new() { Value = change.Value },
                new() { Value = change.TimeToLive is { } ttl ? ttl.TotalSeconds : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Double },
            },
        };
        if (change.Etag is not null)
            command.Parameters.Add(new() { Value = etag });
        return command;
    }

    private async Task MigrateAsync(string tablePrefix, string metadataTable, CancellationToken ct)
    {
        var schemas = new[] { _table, metadataTable }
            .Where(name => name.Contains('.', StringComparison.Ordinal))
            .Select(name => $"create schema if not exists {name.Split('.')[0]};")
            .Distinct();
        var index = _table.Split('.')[^1];

        await using var command = _source.CreateCommand(
            $"""
             select pg_advisory_xact_lock(hashtext('todobus-dapr-state'));
             {string.Concat(schemas)}
             create table if not exists {metadataTable} (key text primary key, value text not null);
             create table if not exists {_table} (
               key text primary key,
               value bytea not null,
               etag uuid not null default gen_random_uuid(),
               created_at timestamptz not null default now(),
               updated_at timestamptz,
               expires_at timestamptz,
               row_id bigint generated by default as identity not null);
             create index if not exists {index}_expires_at_idx on {_table} (expires_at);
             create unique index if not exists {index}_row_id_uidx on {_table} (row_id);
             insert into {metadataTable} (key, value) values ('migrations-state-v2-{tablePrefix}', '2') on conflict (key) do nothing;
             """);
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task CleanAsync(TimeSpan interval)
    {
        using var timer = new PeriodicTimer(interval);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
                await DeleteExpiredAsync(_stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // We are stopping.
        }
    }

    private async Task DeleteExpiredAsync(CancellationToken ct)
    {
        try
        {
            await using var command = _source.CreateCommand($"delete from {_table} where expires_at < now()");
            await command.ExecuteNonQueryAsync(ct);
        }
        catch (NpgsqlException)
        {
            // Expired rows are invisible anyway; the next round takes them.
        }
    }
}

/// <summary>One row to store, or to delete where the value is null.</summary>
internal sealed record StateChange(string Key, byte[]? Value, string? Etag, bool FirstWrite, TimeSpan? TimeToLive);

internal sealed record StateRow(string Key, byte[] Value, string Etag, DateTimeOffset? ExpiresAt);

/// <summary>The row changed since it was read, or is not there.</summary>
internal sealed class EtagMismatchException : Exception;
