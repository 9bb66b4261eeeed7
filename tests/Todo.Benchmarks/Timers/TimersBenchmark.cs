using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Todo.Bus.Outbox;
using Todo.Bus.Scheduling;
using Todo.Bus.Storage;

namespace Todo.Benchmarks.Timers;

/// <summary>A hundred thousand timers due in the same second, and how late timers come at a steady thousand a second.</summary>
internal static class TimersBenchmark
{
    private const int Burst = 100_000;
    private const int PerSecond = 1_000;
    private const int Seconds = 10;

    private static readonly byte[] Value = Encoding.UTF8.GetBytes(new string('x', 300));

    public static async Task<int> RunAsync(bool json)
    {
        await using var servers = await BenchServers.StartAsync("bench-burst", "bench-steady");
        await using var source = NpgsqlDataSource.Create(servers.ConnectionString);
        await BusSchema.ApplyAsync(source, CancellationToken.None);
        using var sender = new CountingSender(servers.BootstrapServers);
        using var signal = new TimerSignal();
        using var release = new TimerRelease(source, sender, TimeProvider.System, NullLogger<TimerRelease>.Instance);
        using var releaser = new TimerReleaser(source, release, signal, TimeProvider.System, NullLogger<TimerReleaser>.Instance);
        await releaser.StartAsync(CancellationToken.None);

        await BurstAsync(source, sender, signal, Burst / 10);
        var burst = await BurstAsync(source, sender, signal, Burst);
        var late = await LatenessAsync(servers, source, signal);
        await releaser.StopAsync(CancellationToken.None);

        var result = new
        {
            burst = Burst,
            releaseSeconds = Math.Round(burst.TotalSeconds, 2),
            sustainedPerSecond = PerSecond,
            lateP50Ms = Percentiles.At(late, 0.5),
            lateP99Ms = Percentiles.At(late, 0.99),
        };
        Console.WriteLine(json
            ? JsonSerializer.Serialize(result)
            : $"{result.burst:N0} timers due at once released in {result.releaseSeconds} s; at {result.sustainedPerSecond:N0}/s at their consumer p50 {result.lateP50Ms} ms, p99 {result.lateP99Ms} ms late");
        return 0;
    }

    /// <summary>From the moment they are all due until the brokers have the last.</summary>
    private static async Task<TimeSpan> BurstAsync(NpgsqlDataSource source, CountingSender sender, TimerSignal signal, int count)
    {
        var before = sender.Stored;
        var started = Stopwatch.GetTimestamp();
        var dueIn = TimeSpan.FromSeconds(5 + (count / 5_000));
        var due = DateTimeOffset.UtcNow + dueIn;
        for (var i = 0; i < count; i += 1_000)
            await InsertAsync(source, [.. Enumerable.Range(0, 1_000).Select(_ => Timer("bench-burst", Guid.NewGuid().ToString(), due))]);
        signal.Wake(due);
        if (DateTimeOffset.UtcNow > due)
            throw new InvalidOperationException("Writing the timers took longer than they were to wait.");
        await sender.WaitAsync(before + count);
        return Stopwatch.GetElapsedTime(started, sender.LastAt) - dueIn;
    }

    /// <summary>From due time to consumer, for timers set 100 ms to 2 s ahead by transactions of ten.</summary>
    private static async Task<List<double>> LatenessAsync(BenchServers servers, NpgsqlDataSource source, TimerSignal signal)
    {
        using var arrivals = await Arrivals.StartAsync(servers.BootstrapServers, "bench-steady");
        var due = new Dictionary<string, long>();
        var random = new Random(1);
        var clock = Stopwatch.StartNew();
        for (var n = 0; n < PerSecond * Seconds; n += 10)
        {
            var wait = TimeSpan.FromSeconds((double)n / PerSecond) - clock.Elapsed;
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait);
            var (now, ticks) = (DateTimeOffset.UtcNow, Stopwatch.GetTimestamp());
            var timers = new List<TimerRow>();
            for (var i = n; i < n + 10; i++)
            {
                var ahead = TimeSpan.FromMilliseconds(random.Next(100, 2_000));
                due.Add($"{i}", ticks + (long)(ahead.TotalSeconds * Stopwatch.Frequency));
                timers.Add(Timer("bench-steady", $"{i}", now + ahead));
            }

            await InsertAsync(source, timers);
            signal.Wake(timers.Min(timer => timer.DueAt));
        }

        await arrivals.WaitAsync(due.Count);
        // Steady once timers of all distances are pending: after two seconds.
        return [.. due.Where(one => int.Parse(one.Key, System.Globalization.CultureInfo.InvariantCulture) >= 2 * PerSecond)
            .Select(one => Stopwatch.GetElapsedTime(one.Value, arrivals.At(one.Key)).TotalMilliseconds)];
    }

    private static TimerRow Timer(string topic, string key, DateTimeOffset due) => new(
        Guid.CreateVersion7(),
        due,
        new OutboxRow(topic, null, Encoding.UTF8.GetBytes(key), Value, """{"content-type":"application/cloudevents+json"}""", Guid.CreateVersion7(), "bench"),
        Guid.NewGuid(),
        "bench");

    private static async Task InsertAsync(NpgsqlDataSource source, IReadOnlyList<TimerRow> timers)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { TimerTable.Insert(timers) } };
        await batch.ExecuteNonQueryAsync();
    }
}
