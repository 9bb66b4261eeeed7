using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Todo.Bus.Outbox;
using Todo.Bus.Storage;

namespace Todo.Benchmarks.Outbox;

/// <summary>How fast the relay empties the outbox, against a bare producer with the same records, and how soon a committed record is at a consumer.</summary>
internal static class OutboxBenchmark
{
    private const int Messages = 100_000;
    private const int WarmUp = 20_000;
    private const int PerSecond = 500;
    private const int Seconds = 10;

    private static readonly byte[] Value = Encoding.UTF8.GetBytes(new string('x', 400));

    public static async Task<int> RunAsync(bool json)
    {
        string[] topics = ["bench-raw", "bench-outbox", "bench-latency"];
        await using var servers = await BenchServers.StartAsync(topics);
        await using var source = NpgsqlDataSource.Create(servers.ConnectionString);
        await BusSchema.ApplyAsync(source, CancellationToken.None);

        await RawProduceAsync(servers, WarmUp);
        var raw = await RawProduceAsync(servers, Messages);
        await RelayAsync(servers, source, WarmUp);
        var relayed = await RelayAsync(servers, source, Messages);
        var latencies = await LatenciesAsync(servers, source);

        var result = new
        {
            messagesPerSecond = Math.Round(relayed),
            rawProducePerSecond = Math.Round(raw),
            ratio = Math.Round(relayed / raw, 3),
            commitToConsumerP50Ms = Percentiles.At(latencies, 0.5),
            commitToConsumerP99Ms = Percentiles.At(latencies, 0.99),
        };
        Console.WriteLine(json
            ? JsonSerializer.Serialize(result)
            : $"{result.messagesPerSecond:N0} messages/s from the outbox, {result.ratio} × the {result.rawProducePerSecond:N0}/s of a bare producer; at {PerSecond}/s from commit to consumer p50 {result.commitToConsumerP50Ms} ms, p99 {result.commitToConsumerP99Ms} ms");
        return 0;
    }

    private static async Task<double> RawProduceAsync(BenchServers servers, int count)
    {
        using var sender = new CountingSender(servers.BootstrapServers);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
            sender.Send("bench-raw", null, Guid.NewGuid().ToByteArray(), Value, new Headers { { "content-type", "application/cloudevents+json"u8.ToArray() } }, _ => { });
        await sender.WaitAsync(count);
        return count / Stopwatch.GetElapsedTime(started, sender.LastAt).TotalSeconds;
    }

    /// <summary>From the start of the relay until the last record is stored, with everything committed beforehand.</summary>
    private static async Task<double> RelayAsync(BenchServers servers, NpgsqlDataSource source, int count)
    {
        for (var i = 0; i < count; i += 1_000)
            await InsertAsync(source, [.. Enumerable.Range(0, 1_000).Select(_ => Row("bench-outbox", Guid.NewGuid().ToString()))]);

        using var sender = new CountingSender(servers.BootstrapServers);
        using var signal = new OutboxSignal();
        using var relay = new OutboxRelay(source, sender, signal, TimeProvider.System, NullLogger<OutboxRelay>.Instance);
        var started = Stopwatch.GetTimestamp();
        await relay.StartAsync(CancellationToken.None);
        await sender.WaitAsync(count);
        await relay.StopAsync(CancellationToken.None);
        await using var left = source.CreateCommand("select count(*) from bus.outbox");
        if (await left.ExecuteScalarAsync() is not 0L)
            throw new InvalidOperationException("The outbox is not empty after the relay has stopped.");
        return count / Stopwatch.GetElapsedTime(started, sender.LastAt).TotalSeconds;
    }

    /// <summary>One record a transaction, 500 transactions a second, as requests would write them.</summary>
    private static async Task<List<double>> LatenciesAsync(BenchServers servers, NpgsqlDataSource source)
    {
        using var arrivals = await Arrivals.StartAsync(servers.BootstrapServers, "bench-latency");
        using var sender = new CountingSender(servers.BootstrapServers);
        using var signal = new OutboxSignal();
        using var relay = new OutboxRelay(source, sender, signal, TimeProvider.System, NullLogger<OutboxRelay>.Instance);
        await relay.StartAsync(CancellationToken.None);

        var committed = new Dictionary<string, long>();
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, PerSecond * Seconds), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (n, ct) =>
        {
            var wait = TimeSpan.FromSeconds((double)n / PerSecond) - clock.Elapsed;
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, ct);
            var row = Row("bench-latency", $"{n}");
            await InsertAsync(source, [row]);
            var at = Stopwatch.GetTimestamp();
            signal.Wake(1 << row.Lane);
            lock (committed)
                committed.Add(row.KeyText, at);
        });
        await arrivals.WaitAsync(committed.Count);
        await relay.StopAsync(CancellationToken.None);

        // The first second is warm-up: connections, metadata, compiled code.
        return [.. committed.Where(one => int.Parse(one.Key, System.Globalization.CultureInfo.InvariantCulture) >= PerSecond)
            .Select(one => Stopwatch.GetElapsedTime(one.Value, arrivals.At(one.Key)).TotalMilliseconds)];
    }

    private static OutboxRow Row(string topic, string key) =>
        new(topic, null, Encoding.UTF8.GetBytes(key), Value, """{"content-type":"application/cloudevents+json"}""", Guid.CreateVersion7(), "bench");

    private static async Task InsertAsync(NpgsqlDataSource source, IReadOnlyList<OutboxRow> rows)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { OutboxTable.Insert(rows) } };
        await batch.ExecuteNonQueryAsync();
    }
}
