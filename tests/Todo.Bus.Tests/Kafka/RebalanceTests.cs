using Todo.Bus.Tests.Outbox;
using Todo.Testing;

namespace Todo.Bus.Tests.Kafka;

public sealed class RebalanceTests(KafkaFixture kafka, PostgresFixture postgres) : IClassFixture<KafkaFixture>, IClassFixture<PostgresFixture>
{
    private const string OutOfOrder =
        "select count(*) from (select number - lag(number, 1, 0) over (partition by order_id order by id) step from shop.handled) steps where step <> 1";

    [Fact]
    public async Task Eight_consumers_that_come_and_go_keep_the_order_of_every_key_and_every_effect_single()
    {
        const int keys = 40, each = 50;
        var topic = await kafka.CreateTopicAsync();
        var database = await postgres.CreateDatabaseAsync();
        var group = KafkaFixture.UniqueName("group");
        var orders = Enumerable.Range(0, keys).Select(_ => Guid.NewGuid()).ToList();
        var consumers = new List<BusHost> { await StartAsync(database, topic, group) };
        var steady = consumers[0];

        var producing = Task.Run(async () =>
        {
            for (var number = 1; number <= each; number++)
            {
                await Task.WhenAll(orders.Select(order => steady.SendAsync(topic, order, new OrderPaid(order, number), EventId(order, number))));
                // Some come twice, as at-least-once delivery has it.
                await Task.WhenAll(orders.Where((_, i) => (i + number) % 7 == 0).Select(order => steady.SendAsync(topic, order, new OrderPaid(order, number), EventId(order, number))));
            }
        });
        while (consumers.Count < 8)
            consumers.Add(await StartAsync(database, topic, group));
        foreach (var leaving in consumers.Skip(1).Take(4))
            await leaving.DisposeAsync();
        consumers.RemoveRange(1, 4);
        await producing;

        await Eventually.True(async () => await steady.ScalarAsync<long>("select count(*) from shop.handled") >= keys * each, TimeSpan.FromSeconds(60));
        foreach (var consumer in consumers.Skip(1))
            await consumer.DisposeAsync();
        (await steady.ScalarAsync<long>("select count(*) from shop.handled")).Should().Be(keys * each);
        (await steady.ScalarAsync<long>(OutOfOrder)).Should().Be(0);
        (await steady.ScalarAsync<long>("select count(*) from bus.dead_letters")).Should().Be(0);
        await steady.DisposeAsync();
    }

    [Fact]
    public async Task Consumers_killed_at_any_moment_lose_nothing_repeat_nothing_and_keep_the_order_of_every_key()
    {
        const int keys = 20;
        var topic = await kafka.CreateTopicAsync();
        var database = await postgres.CreateDatabaseAsync();
        var group = KafkaFixture.UniqueName("group");
        var orders = Enumerable.Range(0, keys).Select(_ => Guid.NewGuid()).ToList();
        await using var sender = await BusHost.StartAsync(kafka.BootstrapServers, database, _ => { });
        using var enough = new CancellationTokenSource();
        var sent = 0;

        var producing = Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                sent++;
                await Task.WhenAll(orders.Select(order => sender.SendAsync(topic, order, new OrderPaid(order, sent))));
                // Not far ahead: what matters is when the consumers die, not how much they have to catch up with.
                var before = keys * (sent - 25L);
                await Eventually.True(async () => enough.IsCancellationRequested || await sender.ScalarAsync<long>("select count(*) from shop.handled") >= before, TimeSpan.FromSeconds(60));
            }
        });
        for (var round = 0; round < 3; round++)
        {
            using var victim = await RelayProcess.StartConsumerAsync(database, kafka.BootstrapServers, topic, group);
            var before = await sender.ScalarAsync<long>("select count(*) from shop.handled");
            await Eventually.True(async () => await sender.ScalarAsync<long>("select count(*) from shop.handled") > before + 100, TimeSpan.FromSeconds(30));
            await victim.KillAsync();
        }

        await enough.CancelAsync();
        await producing;
        await using var survivor = await StartAsync(database, topic, group);
        await Eventually.True(async () => await sender.ScalarAsync<long>("select count(*) from shop.handled") >= keys * (long)sent, TimeSpan.FromSeconds(60));
        (await sender.ScalarAsync<long>("select count(*) from shop.handled")).Should().Be(keys * (long)sent);
        (await sender.ScalarAsync<long>(OutOfOrder)).Should().Be(0);
        (await sender.ScalarAsync<long>("select count(*) from bus.dead_letters")).Should().Be(0);
    }

    [Fact]
    public async Task A_broker_that_goes_away_and_refuses_commits_costs_the_consumer_nothing_but_time()
    {
        using var faulty = new FaultyKafka();
        faulty.CreateTopic("payments");
        var database = await postgres.CreateDatabaseAsync();
        await using var bus = await StartAsync(database, "payments", "group", faulty.BootstrapServers);
        var orders = Enumerable.Range(0, 10).Select(_ => Guid.NewGuid()).ToList();
        async Task SendAsync(int from, int to)
        {
            for (var number = from; number <= to; number++)
                await Task.WhenAll(orders.Select(order => bus.SendAsync("payments", order, new OrderPaid(order, number))));
        }

        await SendAsync(1, 10);
        await Eventually.True(async () => await bus.ScalarAsync<long>("select count(*) from shop.handled") == 100);
        faulty.FailNextCommit(Confluent.Kafka.ErrorCode.NotCoordinatorForGroup, Confluent.Kafka.ErrorCode.GroupCoordinatorNotAvailable, Confluent.Kafka.ErrorCode.RequestTimedOut);
        await SendAsync(11, 20);
        await Eventually.True(async () => await bus.ScalarAsync<long>("select count(*) from shop.handled") == 200);
        faulty.TakeDown();
        var waiting = SendAsync(21, 30);
        faulty.BringUp();
        await waiting.WaitAsync(TimeSpan.FromSeconds(60));

        await Eventually.True(async () => await bus.ScalarAsync<long>("select count(*) from shop.handled") >= 300, TimeSpan.FromSeconds(60));
        (await bus.ScalarAsync<long>("select count(*) from shop.handled")).Should().Be(300);
        (await bus.ScalarAsync<long>(OutOfOrder)).Should().Be(0);
    }

    private Task<BusHost> StartAsync(string database, string topic, string group, string? servers = null) =>
        ConsumerHost.StartAsync(servers ?? kafka.BootstrapServers, database, topic, group);

    private static Guid EventId(Guid order, int number) => Todo.Bus.Envelope.EventEnvelope.Derive($"{order}/{number}");
}

/// <summary>A process that records payments; in this process, or in one to be killed.</summary>
internal static class ConsumerHost
{
    public static Task<BusHost> StartAsync(string kafka, string database, string topic, string group) =>
        BusHost.StartAsync(kafka, database, bus => bus
            .Consumer<RecordPayment>()
            .TopicEndpoint(topic, group, (context, e) => MassTransit.RegistrationContextExtensions.ConfigureConsumer<RecordPayment>(e, context)));
}
