using MassTransit;
using Todo.Testing;

namespace Todo.Bus.Tests.Kafka;

public sealed class OrderTests(KafkaFixture kafka, PostgresFixture postgres) : IClassFixture<KafkaFixture>, IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Order_per_key_and_effects_once_hold_while_consumers_come_and_go()
    {
        const int keys = 40, each = 60;
        var topic = await kafka.CreateTopicAsync();
        var database = await postgres.CreateDatabaseAsync();
        var group = KafkaFixture.UniqueName("group");
        var orders = Enumerable.Range(0, keys).Select(_ => Guid.NewGuid()).ToList();
        await using var steady = await StartAsync(database, topic, group);

        var producing = Task.Run(async () =>
        {
            for (var number = 1; number <= each; number++)
                await Task.WhenAll(orders.Select(order => steady.SendAsync(topic, order, new OrderPaid(order, number))));
        });
        while (!producing.IsCompleted)
        {
            await using var guest = await StartAsync(database, topic, group);
            await using var other = await StartAsync(database, topic, group);
            await Eventually.True(async () => producing.IsCompleted || await guest.ScalarAsync<long>("select count(*) from shop.handled") > 0);
        }

        await producing;
        await Eventually.True(async () => await steady.ScalarAsync<long>("select count(*) from shop.handled") >= keys * each, TimeSpan.FromSeconds(60));
        (await steady.ScalarAsync<long>("select count(*) from shop.handled")).Should().Be(keys * each);
        (await steady.ScalarAsync<long>("select count(*) from (select number - lag(number, 1, 0) over (partition by order_id order by id) step from shop.handled) steps where step <> 1")).Should().Be(0);
    }

    [Fact]
    public async Task A_failed_message_holds_back_what_follows_on_its_key_and_nothing_else()
    {
        var topic = await kafka.CreateTopicAsync();
        var database = await postgres.CreateDatabaseAsync();
        var (stubborn, easy) = (Guid.NewGuid(), Guid.NewGuid());
        FailFirst.Remaining[stubborn] = 2;
        await using var bus = await BusHost.StartAsync(kafka.BootstrapServers, database, bus => bus
            .Consumer<FailFirst>()
            .TopicEndpoint(topic, topic, (context, e) =>
            {
                e.Retries = [TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(300)];
                e.ConfigureConsumer<FailFirst>(context);
            }));

        for (var number = 1; number <= 5; number++)
        {
            await bus.SendAsync(topic, stubborn, new OrderPaid(stubborn, number));
            await bus.SendAsync(topic, easy, new OrderPaid(easy, number));
        }

        await Eventually.True(async () => await bus.ScalarAsync<long>("select count(*) from shop.handled") == 10);
        (await NumbersAsync(bus, stubborn)).Should().Be("1,2,3,4,5");
        (await NumbersAsync(bus, easy)).Should().Be("1,2,3,4,5");
        (await bus.ScalarAsync<bool>($"select max(id) filter (where order_id = '{easy}') < max(id) filter (where order_id = '{stubborn}') from shop.handled")).Should().BeTrue("the other key did not wait");
        (await bus.ScalarAsync<long>("select count(*) from bus.dead_letters")).Should().Be(0);
    }

    private static Task<string> NumbersAsync(BusHost bus, Guid order) =>
        bus.ScalarAsync<string>($"select string_agg(number::text, ',' order by id) from shop.handled where order_id = '{order}'");

    private Task<BusHost> StartAsync(string database, string topic, string group) =>
        BusHost.StartAsync(kafka.BootstrapServers, database, bus => bus
            .Consumer<RecordPayment>()
            .TopicEndpoint(topic, group, (context, e) => e.ConfigureConsumer<RecordPayment>(context)));
}

/// <summary>Writes its row first and fails afterwards, as often as the test wants: the row must be gone then.</summary>
public sealed class FailFirst(OrdersDbContext db) : IConsumer<OrderPaid>
{
    public static System.Collections.Concurrent.ConcurrentDictionary<Guid, int> Remaining { get; } = new();

    public async Task Consume(ConsumeContext<OrderPaid> context)
    {
        db.Handled.Add(new Handled { OrderId = context.Message.OrderId, Number = context.Message.Number });
        await db.SaveChangesAsync(context.CancellationToken);
        if (Remaining.TryGetValue(context.Message.OrderId, out var remaining) && remaining > 0)
        {
            Remaining[context.Message.OrderId] = remaining - 1;
            throw new InvalidOperationException("not yet");
        }
    }
}
