using MassTransit;
using Todo.Testing;

namespace Todo.Bus.Tests.Batching;

public sealed class BatchTests(KafkaFixture kafka, PostgresFixture postgres) : IClassFixture<KafkaFixture>, IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Two_consumers_of_one_message_share_its_transaction_and_do_not_get_into_each_others_way()
    {
        var topic = await kafka.CreateTopicAsync();
        await using var bus = await BusHost.StartAsync(kafka.BootstrapServers, await postgres.CreateDatabaseAsync(), bus => bus
            .Consumer<SlowlyRecord>().Consumer<SlowlyRecordAgain>()
            .TopicEndpoint(topic, topic, (context, e) =>
            {
                e.ConfigureConsumer<SlowlyRecord>(context);
                e.ConfigureConsumer<SlowlyRecordAgain>(context);
            }));

        var orders = Enumerable.Range(0, 20).Select(_ => Guid.NewGuid()).ToList();
        await Task.WhenAll(orders.Select(order => bus.SendAsync(topic, order, new OrderPaid(order, 1))));

        await Eventually.True(async () => await bus.ScalarAsync<long>("select count(*) from shop.handled") == 40);
        (await bus.ScalarAsync<long>("select count(*) from bus.dead_letters")).Should().Be(0);
        (await bus.ScalarAsync<long>("select count(*) from (select from shop.handled group by order_id having sum(number) = 3) both_consumers")).Should().Be(20);
    }

    [Fact]
    public async Task One_event_on_two_topics_of_a_group_is_handled_once_for_each()
    {
        var (topic, other) = (await kafka.CreateTopicAsync(), await kafka.CreateTopicAsync("other"));
        await using var bus = await BusHost.StartAsync(kafka.BootstrapServers, await postgres.CreateDatabaseAsync(), bus => bus
            .Consumer<Kafka.RecordPayment>()
            .TopicEndpoint(topic, topic, (context, e) => e.ConfigureConsumer<Kafka.RecordPayment>(context))
            .TopicEndpoint(other, topic, (context, e) => e.ConfigureConsumer<Kafka.RecordPayment>(context)));
        var (order, id) = (Guid.NewGuid(), Guid.NewGuid());

        foreach (var name in new[] { topic, topic, other, other })
            await bus.SendAsync(name, order, new OrderPaid(order, 1), id);
        await bus.SendAsync(topic, order, new OrderPaid(order, 2));
        await bus.SendAsync(other, order, new OrderPaid(order, 2));

        await Eventually.True(async () => await bus.ScalarAsync<long>("select count(*) from shop.handled where number = 2") == 2);
        (await bus.ScalarAsync<long>("select count(*) from shop.handled where number = 1")).Should().Be(2);
    }

    [Fact]
    public async Task A_consumer_that_gives_up_by_cancelling_has_failed_and_becomes_a_dead_letter()
    {
        var topic = await kafka.CreateTopicAsync();
        await using var bus = await BusHost.StartAsync(kafka.BootstrapServers, await postgres.CreateDatabaseAsync(), bus => bus
            .Consumer<TimesOut>()
            .TopicEndpoint(topic, topic, (context, e) =>
            {
                e.Retries = [TimeSpan.FromMilliseconds(10)];
                e.ConfigureConsumer<TimesOut>(context);
            }));

        var order = Guid.NewGuid();
        await bus.SendAsync(topic, order, new OrderPaid(order, 1));

        await Eventually.True(async () => await bus.ScalarAsync<long>("select count(*) from bus.dead_letters") == 1);
        (await bus.ScalarAsync<int>("select attempts from bus.dead_letters")).Should().Be(2);
    }

    [Fact]
    public async Task A_database_that_throws_everybody_out_costs_no_message_an_attempt()
    {
        var topic = await kafka.CreateTopicAsync();
        await using var bus = await BusHost.StartAsync(kafka.BootstrapServers, await postgres.CreateDatabaseAsync(), bus => bus
            .Consumer<Kafka.RecordPayment>()
            .TopicEndpoint(topic, topic, (context, e) =>
            {
                e.Retries = []; // one failure that is blamed on a message would make a dead letter
                e.ConfigureConsumer<Kafka.RecordPayment>(context);
            }));
        var orders = Enumerable.Range(0, 10).Select(_ => Guid.NewGuid()).ToList();

        var sending = Task.Run(async () =>
        {
            for (var number = 1; number <= 40; number++)
                await Task.WhenAll(orders.Select(order => bus.SendAsync(topic, order, new OrderPaid(order, number))));
        });
        for (var round = 1; round <= 4; round++)
        {
            var some = round * 50;
            await Eventually.True(async () => await bus.ScalarAsync<long>("select count(*) from shop.handled") >= some);
            try
            {
                await bus.ScalarAsync<long>("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
            }
            catch (Npgsql.NpgsqlException)
            {
                // The connection that asked may be one that an earlier round ended.
            }
        }

        await sending;
        await Eventually.True(async () => await bus.ScalarAsync<long>("select count(*) from shop.handled") >= 400);
        (await bus.ScalarAsync<long>("select count(*) from shop.handled")).Should().Be(400);
        (await bus.ScalarAsync<long>("select count(*) from bus.dead_letters")).Should().Be(0);
        (await bus.ScalarAsync<long>("select count(*) from (select number - lag(number, 1, 0) over (partition by order_id order by id) step from shop.handled) steps where step <> 1")).Should().Be(0);
    }
}

/// <summary>Writes through the shared connection with a pause in between, so that a second consumer at the same time would be noticed.</summary>
public sealed class SlowlyRecord(OrdersDbContext db) : IConsumer<OrderPaid>
{
    public async Task Consume(ConsumeContext<OrderPaid> context)
    {
        await Task.Yield();
        db.Handled.Add(new Handled { OrderId = context.Message.OrderId, Number = 1 });
        await db.SaveChangesAsync(context.CancellationToken);
    }
}

public sealed class SlowlyRecordAgain(OrdersDbContext db) : IConsumer<OrderPaid>
{
    public async Task Consume(ConsumeContext<OrderPaid> context)
    {
        await Task.Yield();
        db.Handled.Add(new Handled { OrderId = context.Message.OrderId, Number = 2 });
        await db.SaveChangesAsync(context.CancellationToken);
    }
}

/// <summary>Ends as an HTTP client does that waited for too long.</summary>
public sealed class TimesOut : IConsumer<OrderPaid>
{
    public Task Consume(ConsumeContext<OrderPaid> context) => throw new TaskCanceledException("The request was canceled due to the configured timeout.");
}
