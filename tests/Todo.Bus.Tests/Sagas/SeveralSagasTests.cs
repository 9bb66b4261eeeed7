using MassTransit;
using Todo.Testing;

namespace Todo.Bus.Tests.Sagas;

public sealed class SeveralSagasTests(KafkaFixture kafka, PostgresFixture postgres) : IClassFixture<KafkaFixture>, IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Two_saga_types_share_a_batch_and_a_message_that_fails_in_one_leaves_nothing_in_the_other()
    {
        var topic = await kafka.CreateTopicAsync();
        await using var bus = await BusHost.StartAsync(kafka.BootstrapServers, await postgres.CreateDatabaseAsync(), bus =>
        {
            bus.Produces<Guid, OrderClosed>("order-closed");
            bus.Rider.AddSagaStateMachine<OrderStateMachine, OrderState>().EntityFrameworkRepository(r => r.ExistingDbContext<OrdersDbContext>());
            bus.Rider.AddSagaStateMachine<TallyStateMachine, TallyState>().EntityFrameworkRepository(r => r.ExistingDbContext<OrdersDbContext>());
            bus.TopicEndpoint(topic, topic, (context, e) =>
            {
                e.Retries = [];
                e.ConfigureSaga<OrderState>(context);
                e.ConfigureSaga<TallyState>(context);
            });
        });
        var orders = Enumerable.Range(0, 40).Select(_ => Guid.NewGuid()).ToList();

        foreach (var order in orders)
            await bus.SendAsync(topic, order, new OrderPlaced(order, "Ada", 1));
        foreach (var number in new[] { 2, 13, 3 })
            await Task.WhenAll(orders.Select(order => bus.SendAsync(topic, order, new OrderPaid(order, number))));

        await Eventually.True(async () => await bus.ScalarAsync<long>("select count(*) from bus.inbox") == 40 * 3);
        await Eventually.True(async () => await bus.ScalarAsync<long>("select count(*) from bus.dead_letters") == 40);
        (await bus.ScalarAsync<long>("select count(*) from shop.tallies where paid = 2")).Should().Be(40);
        (await bus.ScalarAsync<long>("select count(*) from shop.orders where numbers = '[1,2,3]'::jsonb")).Should().Be(40);
    }

    [Fact]
    public async Task Processes_that_make_the_same_sagas_at_the_same_moment_end_up_with_one_row_and_every_effect()
    {
        var (topic, other) = (await kafka.CreateTopicAsync(), await kafka.CreateTopicAsync("other"));
        var database = await postgres.CreateDatabaseAsync();
        await using var one = await StartAsync(database, topic);
        await using var two = await StartAsync(database, other);
        var orders = Enumerable.Range(0, 150).Select(_ => Guid.NewGuid()).ToList();

        // The same orders on two topics at once, in opposite order, each topic read by a process of its own.
        await Task.WhenAll(
            Task.WhenAll(orders.Select(order => one.SendAsync(topic, order, new OrderPaid(order, 1)))),
            Task.WhenAll(orders.AsEnumerable().Reverse().Select(order => two.SendAsync(other, order, new OrderPaid(order, 2)))));

        await Eventually.True(async () => await one.ScalarAsync<long>("select count(*) from bus.inbox") == 300, TimeSpan.FromSeconds(40));
        (await one.ScalarAsync<long>("select count(*) from shop.tallies where paid = 2")).Should().Be(150);
        (await one.ScalarAsync<long>("select count(*) from bus.dead_letters")).Should().Be(0);
    }

    private Task<BusHost> StartAsync(string database, string topic) =>
        BusHost.StartAsync(kafka.BootstrapServers, database, bus =>
        {
            bus.Rider.AddSagaStateMachine<TallyStateMachine, TallyState>().EntityFrameworkRepository(r => r.ExistingDbContext<OrdersDbContext>());
            bus.TopicEndpoint(topic, topic, (context, e) =>
            {
                e.Retries = [];
                e.ConfigureSaga<TallyState>(context);
            });
        });
}
