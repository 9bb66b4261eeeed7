using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Todo.Testing;

namespace Todo.Bus.Tests.Outbox;

public sealed class RequestOutboxTests(KafkaFixture kafka, PostgresFixture postgres) : IClassFixture<KafkaFixture>, IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task A_message_leaves_with_the_commit_it_was_produced_in()
    {
        var topic = await kafka.CreateTopicAsync();
        await using var bus = await StartAsync(topic);
        var order = Guid.NewGuid();

        await bus.ProduceAsync(order, new OrderPaid(order, 1), new OrderPaid(order, 2), new OrderPaid(order, 3));

        await Eventually.True(async () => await bus.ScalarAsync<long>("select count(*) from shop.handled") == 3);
        (await bus.ScalarAsync<string>("select string_agg(number::text, ',' order by id) from shop.handled")).Should().Be("1,2,3");
        await Eventually.True(async () => await bus.ScalarAsync<long>("select count(*) from bus.outbox") == 0);
    }

    [Fact]
    public async Task Nothing_is_sent_when_the_transaction_rolls_back()
    {
        var topic = await kafka.CreateTopicAsync();
        await using var bus = await StartAsync(topic);
        var (undone, done) = (Guid.NewGuid(), Guid.NewGuid());

        await using (var scope = bus.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
            await using var transaction = await db.Database.BeginTransactionAsync();
            await scope.ServiceProvider.GetRequiredService<ITopicProducer<Guid, OrderPaid>>().Produce(undone, new OrderPaid(undone, 1));
            await db.SaveChangesAsync();
            await transaction.RollbackAsync();
        }

        await bus.ProduceAsync(done, new OrderPaid(done, 2));
        await Eventually.True(async () => await bus.ScalarAsync<long>("select count(*) from shop.handled") == 1);
        (await bus.ScalarAsync<Guid>("select order_id from shop.handled")).Should().Be(done);
    }

    [Fact]
    public async Task What_a_failed_consumer_produced_is_never_sent()
    {
        var topic = await kafka.CreateTopicAsync();
        var answers = await kafka.CreateTopicAsync("answers");
        var order = Guid.NewGuid();
        Answering.Remaining[order] = 2;
        await using var bus = await BusHost.StartAsync(kafka.BootstrapServers, await postgres.CreateDatabaseAsync(), bus => bus
            .Consumer<Answering>().Consumer<Kafka.RecordPayment>()
            .Produces<Guid, OrderPaid>(answers)
            .TopicEndpoint(topic, topic, (context, e) =>
            {
                e.Retries = [TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(20)];
                e.ConfigureConsumer<Answering>(context);
            })
            .TopicEndpoint(answers, topic, (context, e) => e.ConfigureConsumer<Kafka.RecordPayment>(context)));

        await bus.SendAsync(topic, order, new OrderShipped(order, 7));

        await Eventually.True(async () => await bus.ScalarAsync<long>("select count(*) from shop.handled") == 1);
        await Eventually.True(async () => await bus.ScalarAsync<long>("select count(*) from bus.outbox") == 0);
        (await bus.ScalarAsync<int>("select number from shop.handled")).Should().Be(3, "only the third attempt succeeded");
    }

    private async Task<BusHost> StartAsync(string topic) =>
        await BusHost.StartAsync(kafka.BootstrapServers, await postgres.CreateDatabaseAsync(), bus => bus
            .Consumer<Kafka.RecordPayment>()
            .Produces<Guid, OrderPaid>(topic)
            .TopicEndpoint(topic, topic, (context, e) => e.ConfigureConsumer<Kafka.RecordPayment>(context)));
}

/// <summary>Produces the number of its attempt, then fails as often as the test wants.</summary>
public sealed class Answering(ITopicProducer<Guid, OrderPaid> answers) : IConsumer<OrderShipped>
{
    public static System.Collections.Concurrent.ConcurrentDictionary<Guid, int> Remaining { get; } = new();

    public async Task Consume(ConsumeContext<OrderShipped> context)
    {
        var left = Remaining[context.Message.OrderId]--;
        await answers.Produce(context.Message.OrderId, new OrderPaid(context.Message.OrderId, 3 - left), context.CancellationToken);
        if (left > 0)
            throw new InvalidOperationException("not yet");
    }
}
