using CsCheck;
using Npgsql;
using Todo.Bus.Scheduling;
using Todo.Bus.Tests.Outbox;
using Todo.Bus.Tests.Storage;
using Todo.Testing;
using static Todo.Bus.Tests.Scheduling.ReleaserRig;

namespace Todo.Bus.Tests.Scheduling;

public sealed class TimerReleaserTests(PostgresFixture postgres, KafkaFixture kafka) : IClassFixture<PostgresFixture>, IClassFixture<KafkaFixture>
{
    [Fact]
    public async Task A_timer_waits_for_its_time_and_not_for_anything_else()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "waits");
        var topic = await kafka.CreateTopicAsync();
        using var reader = new TopicReader(kafka.BootstrapServers, topic);
        var clock = new TestClock();
        await using var releaser = await StartAsync(database.ConnectionString, kafka.BootstrapServers, clock);
        await database.WriteAsync(TimerTable.Insert([Timer(topic, "k", "hour", clock.Now.AddHours(1)), Timer(topic, "k", "minute", clock.Now.AddMinutes(1))]));
        releaser.Signal.Wake(clock.Now.AddMinutes(1));

        clock.Advance(TimeSpan.FromSeconds(59));
        await database.WriteAsync(TimerTable.Insert([Timer(topic, "k", "now", clock.Now)]));
        releaser.Signal.Wake(clock.Now);
        await Eventually.True(() => reader.Count == 1);
        reader.Of("k").Should().Equal("now");

        clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.True(() => reader.Count == 2);
        clock.Advance(TimeSpan.FromHours(1));
        await Eventually.True(() => reader.Count == 3);
        reader.Of("k").Should().Equal("now", "minute", "hour");
        await Eventually.True(async () => await database.CountAsync("bus.timers") == 0);
    }

    [Fact]
    public async Task A_drain_releases_what_is_due_and_says_how_late_it_was()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "drain");
        var topic = await kafka.CreateTopicAsync();
        using var reader = new TopicReader(kafka.BootstrapServers, topic);
        var clock = new TestClock();
        await using var releaser = new ReleaserRig(database.ConnectionString, kafka.BootstrapServers, clock);
        await database.WriteAsync(TimerTable.Insert(
        [
            .. Enumerable.Range(0, 10_000).Select(n => Timer(topic, $"{n % 100}", $"{n:D5}", clock.Now.AddSeconds(-10).AddMilliseconds(n / 100))),
            Timer(topic, "later", "later", clock.Now.AddSeconds(1)),
        ]));

        var drain = await releaser.Release.DrainAsync(CancellationToken.None);
        var empty = await releaser.Release.DrainAsync(CancellationToken.None);

        drain.Should().Be(new TimerDrain(10_000, TimeSpan.FromSeconds(10), 0));
        empty.Should().Be(new TimerDrain(0, TimeSpan.Zero, 0));
        await Eventually.True(() => reader.Count == 10_000);
        foreach (var key in reader.All.GroupBy(record => record.Key))
            key.Select(record => record.Value).Should().BeInAscendingOrder();
    }

    [Fact]
    public async Task Three_releasers_at_once_release_every_timer_once_and_in_order()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "threereleasers");
        var topic = await kafka.CreateTopicAsync();
        using var reader = new TopicReader(kafka.BootstrapServers, topic);
        var clock = new TestClock();
        var releasers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => StartAsync(database.ConnectionString, kafka.BootstrapServers, clock)));
        var due = clock.Now.AddSeconds(5);
        await database.WriteAsync(TimerTable.Insert([.. Enumerable.Range(0, 30_000).Select(n => Timer(topic, $"{n % 300}", $"{n:D6}", due.AddMilliseconds(n / 300)))]));

        clock.Advance(TimeSpan.FromSeconds(6));

        await Eventually.True(() => reader.Count >= 30_000);
        await Eventually.True(async () => await database.CountAsync("bus.timers") == 0);
        foreach (var releaser in releasers)
            await releaser.DisposeAsync();
        reader.Count.Should().Be(30_000);
        foreach (var key in reader.All.GroupBy(record => record.Key))
            key.Select(record => record.Value).Should().BeInAscendingOrder();
    }

    [Fact]
    public async Task A_cancel_that_has_committed_is_never_followed_by_its_timer()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "cancelrace");
        var topic = await kafka.CreateTopicAsync();
        await using var releaser = await StartAsync(database.ConnectionString, kafka.BootstrapServers, TimeProvider.System);
        var late = new List<Guid>();
        var (cancelled, fired) = (0, 0);

        // Every cancel aims at the very moment of the release. One that removed the row has won: its timer must not come.
        await Parallel.ForEachAsync(Enumerable.Range(0, 400), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (n, ct) =>
        {
            var token = Guid.CreateVersion7();
            var due = DateTimeOffset.UtcNow.AddMilliseconds(20);
            await database.WriteAsync(TimerTable.Insert([Timer(topic, $"{token}", "fired", due, token)]));
            releaser.Signal.Wake(due);
            await WaitUntil(due.AddMilliseconds(n % 20 - 4));
            await using var connection = await database.Source.OpenConnectionAsync(ct);
            await using var batch = new NpgsqlBatch(connection) { BatchCommands = { TimerTable.Cancel([token]) } };
            if (await batch.ExecuteNonQueryAsync(ct) > 0)
            {
                Interlocked.Increment(ref cancelled);
                lock (late)
                    late.Add(token);
            }
            else
            {
                Interlocked.Increment(ref fired);
            }
        });

        using var reader = new TopicReader(kafka.BootstrapServers, topic);
        await Eventually.True(() => reader.Count >= fired);
        await Eventually.True(async () => await database.CountAsync("bus.timers") == 0);
        cancelled.Should().BeGreaterThan(0);
        fired.Should().BeGreaterThan(0);
        reader.Count.Should().Be(fired);
        reader.All.Select(record => Guid.Parse(record.Key)).Should().NotIntersectWith(late);
    }

    [Fact]
    public async Task A_cancel_still_open_is_passed_by_and_holds_up_no_other_timer()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "opencancel");
        var topic = await kafka.CreateTopicAsync();
        using var reader = new TopicReader(kafka.BootstrapServers, topic);
        var clock = new TestClock();
        await using var releaser = await StartAsync(database.ConnectionString, kafka.BootstrapServers, clock);
        var (open, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await database.WriteAsync(TimerTable.Insert([Timer(topic, "k", "open", clock.Now.AddSeconds(1), open), Timer(topic, "k", "other", clock.Now.AddSeconds(2), other)]));

        await using (var connection = await database.Source.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await using var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { TimerTable.Cancel([open]) } };
            await batch.ExecuteNonQueryAsync();
            clock.Advance(TimeSpan.FromSeconds(3));
            await Eventually.True(() => reader.Count == 1);
            reader.Of("k").Should().Equal("other");
            await transaction.RollbackAsync();
        }

        await Eventually.True(() => reader.Count == 2);
        reader.Of("k").Should().Equal("other", "open");
    }

    [Fact]
    public async Task While_the_broker_is_down_timers_wait_and_then_come_once_each_in_order()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "timersdown");
        using var faulty = new FaultyKafka("t");
        using var reader = new TopicReader(faulty.BootstrapServers, "t");
        var clock = new TestClock();
        await using var first = await StartAsync(database.ConnectionString, faulty.BootstrapServers, clock);
        await using var second = await StartAsync(database.ConnectionString, faulty.BootstrapServers, clock);
        await database.WriteAsync(TimerTable.Insert([Timer("t", "k", "000", clock.Now)]));
        await Eventually.True(() => reader.Count == 1);

        faulty.TakeDown();
        await database.WriteAsync(TimerTable.Insert([.. Enumerable.Range(1, 300).Select(n => Timer("t", "k", $"{n:D3}", clock.Now.AddMilliseconds(n)))]));
        clock.Advance(TimeSpan.FromSeconds(1));
        // Somebody has taken the rows and waits for Kafka with them.
        await Eventually.True(async () => await database.CountAsync("pg_locks", "locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())") > 0);
        (await database.CountAsync("bus.timers")).Should().Be(300);
        faulty.BringUp();

        await Eventually.True(async () => await database.CountAsync("bus.timers") == 0);
        await Eventually.True(() => reader.Count >= 301);
        reader.Of("k").Should().Equal(Enumerable.Range(0, 301).Select(n => $"{n:D3}"));
    }

    [Fact]
    public async Task A_timer_that_Kafka_refuses_goes_to_the_refused_records_and_holds_up_no_other()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "refusedtimer");
        var topic = await kafka.CreateTopicAsync();
        using var reader = new TopicReader(kafka.BootstrapServers, topic);
        var clock = new TestClock();
        await using var releaser = await StartAsync(database.ConnectionString, kafka.BootstrapServers, clock);

        await database.WriteAsync(TimerTable.Insert([Timer(topic, "big", new string('x', 2_000_000), clock.Now), Timer(topic, "small", "1", clock.Now)]));
        releaser.Signal.Wake(clock.Now);

        await Eventually.True(async () => await database.CountAsync("bus.timers") == 0);
        await Eventually.True(() => reader.Count == 1);
        (await database.ScalarAsync<string>("select key || ' ' || state from ops.outbox")).Should().Be("big refused");
    }

    [Fact]
    public async Task Whatever_is_set_moved_and_cancelled_what_remains_fires_once_when_due()
    {
        await using var database = await BusDatabase.CreateAsync(postgres, "model");
        var step = Gen.Select(Gen.Int[0, 9], Gen.Int[0, 2], Gen.Int[0, 30]);

        await step.Array[1, 40].SampleAsync(
            async steps =>
            {
                var topic = await kafka.CreateTopicAsync();
                var clock = new TestClock();
                await database.ExecuteAsync("truncate bus.timers");
                await using var releaser = new ReleaserRig(database.ConnectionString, kafka.BootstrapServers, clock);
                var tokens = Enumerable.Range(0, 10).Select(_ => Guid.CreateVersion7()).ToArray();
                var model = new Dictionary<int, (DateTimeOffset Due, string Value)>();
                var expected = new List<string>();

                foreach (var (which, action, seconds) in steps)
                {
                    switch (action)
                    {
                        case 0:
                            var due = clock.Now.AddSeconds(seconds);
                            model[which] = (due, Guid.NewGuid().ToString());
                            await database.WriteAsync(TimerTable.Insert([Timer(topic, $"{which}", model[which].Value, due, tokens[which])]));
                            break;
                        case 1:
                            model.Remove(which);
                            await database.WriteAsync(TimerTable.Cancel([tokens[which]]));
                            break;
                        default:
                            clock.Advance(TimeSpan.FromSeconds(seconds));
                            await releaser.Release.DrainAsync(CancellationToken.None);
                            foreach (var (fired, timer) in model.Where(one => one.Value.Due <= clock.Now).ToList())
                            {
                                expected.Add(timer.Value);
                                model.Remove(fired);
                            }

                            break;
                    }
                }

                using var reader = new TopicReader(kafka.BootstrapServers, topic);
                await Eventually.True(() => reader.Count >= expected.Count);
                (await database.CountAsync("bus.timers")).Should().Be(model.Count);
                reader.All.Select(record => record.Value).Should().BeEquivalentTo(expected);
            },
            iter: 20,
            threads: 1);
    }

    private static async Task WaitUntil(DateTimeOffset instant)
    {
        var left = instant - DateTimeOffset.UtcNow;
        if (left > TimeSpan.Zero)
            await Task.Delay(left);
    }
}
