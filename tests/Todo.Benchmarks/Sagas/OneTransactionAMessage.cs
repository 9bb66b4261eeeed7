using System.Diagnostics;
using Npgsql;

namespace Todo.Benchmarks.Sagas;

/// <summary>The limit: what raw Npgsql commits with one transaction a message (lock, write the saga, inbox, outbox), 16 connections, same server, same rows.</summary>
internal static class OneTransactionAMessage
{
    private const int Connections = 16;

    public static async Task<double> MeasureAsync(NpgsqlDataSource source, int sagas)
    {
        await RunAsync(source, sagas / 4); // plans, pages and the JIT are warm for both sides
        var clock = Stopwatch.StartNew();
        await RunAsync(source, sagas);
        return sagas * 2 / clock.Elapsed.TotalSeconds;
    }

    private static Task RunAsync(NpgsqlDataSource source, int sagas)
    {
        var ids = Enumerable.Range(0, sagas).Select(_ => Guid.NewGuid()).ToArray();
        return Task.WhenAll(Enumerable.Range(0, Connections).Select(async worker =>
        {
            await using var connection = await source.OpenConnectionAsync();
            foreach (var first in new[] { true, false })
            {
                for (var i = worker; i < ids.Length; i += Connections)
                    await HandleAsync(connection, ids[i], first);
            }
        }));
    }

    private static async Task HandleAsync(NpgsqlConnection connection, Guid id, bool first)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var select = new NpgsqlCommand("select current_state, receiver, weight, arrived_at from bench.parcels where correlation_id = $1 for update", connection, transaction) { Parameters = { new() { Value = id } } })
        await using (var reader = await select.ExecuteReaderAsync())
            await reader.ReadAsync();

        await ExecuteAsync(first
            ? "insert into bench.parcels (correlation_id, current_state, receiver, weight) values ($1, 'Travelling', 'Ada Lovelace', 12)"
            : "update bench.parcels set current_state = 'Done', arrived_at = now() where correlation_id = $1", id);
        await ExecuteAsync("insert into bus.inbox (consumer, message_id) values ('limit', $1)", Guid.NewGuid());
        await ExecuteAsync("insert into bus.outbox (lane, topic, key, value, headers, message_id, message_type) values (-1, 'limit', $2, $2, '{}', $1, 'limit')", Guid.NewGuid(), Body);
        await transaction.CommitAsync();

        async Task ExecuteAsync(string sql, params object[] parameters)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            foreach (var parameter in parameters)
                command.Parameters.Add(new NpgsqlParameter { Value = parameter });
            await command.ExecuteNonQueryAsync();
        }
    }

    private static readonly byte[] Body = new byte[400];
}
