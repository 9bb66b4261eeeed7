using MassTransit;
using Todo.Testing;

namespace Todo.Bus.Tests.Kafka;

public sealed class RestartTests(KafkaFixture kafka, PostgresFixture postgres) : IClassFixture<KafkaFixture>, IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task A_process_that_comes_back_goes_on_where_its_group_stopped()
    {
        var topic = await kafka.CreateTopicAsync();
        var other = await kafka.CreateTopicAsync("other");
        var database = await postgres.CreateDatabaseAsync();
        var group = KafkaFixture.UniqueName("group");
        var order = Guid.NewGuid();

        await using (var first = await StartAsync(database, topic, other, group))
        {
            await first.SendAsync(topic, order, new OrderPaid(order, 1));
            await Eventually.True(async () => await Count(first) == 1);
        }

        await using var second = await StartAsync(database, topic, other, group);
        await second.SendAsync(topic, order, new OrderPaid(order, 2));
        await second.SendAsync(other, order, new OrderPaid(order, 3));
        await Eventually.True(async () => await Count(second) == 3);
        (await second.ScalarAsync<string>("select string_agg(number::text, ',' order by id) from shop.handled where number < 3")).Should().Be("1,2");
    }

    private static Task<long> Count(BusHost bus) => bus.ScalarAsync<long>("select count(*) from shop.handled");

    private Task<BusHost> StartAsync(string database, string topic, string other, string group) =>
        BusHost.StartAsync(kafka.BootstrapServers, database, bus => bus
            .Consumer<RecordPayment>()
            .TopicEndpoint(topic, group, (context, e) => e.ConfigureConsumer<RecordPayment>(context))
            .TopicEndpoint(other, group, (context, e) => e.ConfigureConsumer<RecordPayment>(context)));
}

/// <summary>Stores what it hears through the scoped context, as feature code does.</summary>
public sealed class RecordPayment(OrdersDbContext db) : IConsumer<OrderPaid>
{
    public async Task Consume(ConsumeContext<OrderPaid> context)
    {
        db.Handled.Add(new Handled { OrderId = context.Message.OrderId, Number = context.Message.Number });
        await db.SaveChangesAsync(context.CancellationToken);
    }
}
