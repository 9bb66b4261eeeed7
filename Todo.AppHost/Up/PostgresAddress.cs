using Npgsql;
using Todo.AppHost.Dapr;

namespace Todo.AppHost.Up;

/// <summary>The database everything is stored in, wherever it runs.</summary>
internal sealed record PostgresAddress(string ConnectionString)
{
    private readonly NpgsqlConnectionStringBuilder _parts = new(ConnectionString);

    public string Host => _parts.Host!;

    public int Port => _parts.Port;

    public string User => _parts.Username!;

    public string Password => _parts.Password ?? "";

    public string Database => _parts.Database ?? User;

    /// <summary>A database of the user's own: an Npgsql connection string, a DSN of libpq, or a postgres:// address.</summary>
    public static async Task<PostgresAddress> CheckAsync(string given, CancellationToken ct)
    {
        try
        {
            var address = new PostgresAddress(given.Contains("://", StringComparison.Ordinal) ? LibpqConnectionString.ToNpgsql(given) : given);
            await using var source = NpgsqlDataSource.Create(address.ConnectionString);
            await using var connection = await source.OpenConnectionAsync(ct);
            return address;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or NpgsqlException)
        {
            throw new HostException($"The database given with --postgres cannot be used: {e.Message}", e);
        }
    }
}
