using Todo.Bus.Outbox;
using Todo.Bus.Scheduling;
using Todo.Bus.Tests.Scheduling;
using Todo.Bus.Tests.Storage;
using Todo.Testing;

namespace Todo.Bus.Tests.Outbox;

public sealed class CrashTests(PostgresFixture postgres, KafkaFixture kafka) : IClassFixture<PostgresFixture>, IClassFixture<KafkaFixture>
{
    [Fact]
    public async Task Relays_killed_in_the_middle_lose_nothing_and_keep_the_order_of_every_key()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "killedrelays");
        var topic = await kafka.CreateTopicAsync();
        using var reader = new TopicReader(kafka.BootstrapServers, topic);
        const int keys = 20;
        var written = 0;
        using var enough = new CancellationTokenSource();

        var writing = Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
                await database.WriteAsync(OutboxTable.Insert([.. Enumerable.Range(0, 50).Select(_ => RelayRig.Row(topic, $"{written % keys}", $"{written++:D7}"))]));
        });
        var survivor = await RelayProcess.StartAsync(database.ConnectionString, kafka.BootstrapServers);
        for (var round = 0; round < 4; round++)
        {
            var victim = survivor;
            survivor = await RelayProcess.StartAsync(database.ConnectionString, kafka.BootstrapServers);
            var before = reader.Count;
            await Eventually.True(() => reader.Count > before + 100);
            await victim.KillAsync();
            victim.Dispose();
        }

        await enough.CancelAsync();
        await writing;
        await Eventually.True(async () => await database.CountAsync("bus.outbox") == 0, TimeSpan.FromSeconds(60));
        await Eventually.True(() => reader.All.Select(record => record.Value).Distinct().Count() == written);
        survivor.Dispose();

        foreach (var (key, values) in reader.FirstOccurrences())
            values.Should().BeInAscendingOrder($"key {key} keeps its order");
    }

    [Fact]
    public async Task Releasers_killed_in_the_middle_of_a_burst_lose_no_timer_and_keep_the_order_of_every_key()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "killedreleasers");
        var topic = await kafka.CreateTopicAsync();
        using var reader = new TopicReader(kafka.BootstrapServers, topic);
        const int timers = 60_000;
        var due = DateTimeOffset.UtcNow.AddMinutes(-10);
        using var victim = await RelayProcess.StartAsync(database.ConnectionString, kafka.BootstrapServers);
        using var survivor = await RelayProcess.StartAsync(database.ConnectionString, kafka.BootstrapServers);

        await database.WriteAsync(TimerTable.Insert(
            [.. Enumerable.Range(0, timers).Select(n => ReleaserRig.Timer(topic, $"{n % 200}", $"{n:D6}", due.AddMilliseconds(n / 200)))]));
        await Eventually.True(() => reader.Count > 0);
        await victim.KillAsync();

        await Eventually.True(async () => await database.CountAsync("bus.timers") == 0, TimeSpan.FromSeconds(60));
        await Eventually.True(() => reader.All.Select(record => record.Value).Distinct().Count() == timers);
        foreach (var (key, values) in reader.FirstOccurrences())
            values.Should().BeInAscendingOrder($"key {key} keeps its order");
    }
}
