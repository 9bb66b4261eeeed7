using Confluent.Kafka;
using MassTransit;
using System.Text;
using System.Text.Json;
using Todo.Testing;

namespace Todo.Bus.Tests.Sagas;

public sealed class SagaOnATopicTests(KafkaFixture kafka, PostgresFixture postgres) : IClassFixture<KafkaFixture>, IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task A_saga_lives_through_its_states_in_the_order_of_its_key()
    {
        var topic = await kafka.CreateTopicAsync();
        var timers = await kafka.CreateTopicAsync("timers");
        await using var bus = await StartAsync(topic, timers);
        var orders = Enumerable.Range(0, 200).Select(_ => Guid.NewGuid()).ToList();

        using (var producer = RawProducer())
        {
            foreach (var order in orders)
                Send(producer, topic, order, new OrderPlaced(order, "Ada", 1));
            foreach (var number in Enumerable.Range(2, 3))
            {
                foreach (var order in orders)
                    Send(producer, topic, order, new OrderPaid(order, number));
            }

            foreach (var order in orders)
                Send(producer, topic, order, new OrderShipped(order, 5));
            producer.Flush(TimeSpan.FromSeconds(10));
        }

        await Eventually.True(async () => await bus.ScalarAsync<long>("select count(*) from shop.orders where current_state = 'Closed'") == 200);
        (await bus.ScalarAsync<long>("select count(*) from shop.orders where seen = 5 and numbers = '[1,2,3,4]'::jsonb and timeout_token is null")).Should().Be(200);
        (await bus.ScalarAsync<long>("select count(*) from bus.timers")).Should().Be(0);
        (await bus.ScalarAsync<long>("select count(*) from bus.inbox")).Should().Be(1000);
        (await bus.ScalarAsync<long>("select count(*) from bus.dead_letters")).Should().Be(0);
    }

    [Fact]
    public async Task A_message_that_comes_twice_has_its_effect_once()
    {
        var topic = await kafka.CreateTopicAsync();
        var timers = await kafka.CreateTopicAsync("timers");
        await using var bus = await StartAsync(topic, timers);
        var order = Guid.NewGuid();

        using (var producer = RawProducer())
        {
            Send(producer, topic, order, new OrderPlaced(order, "Ada", 1));
            var id = Guid.NewGuid();
            for (var copy = 0; copy < 5; copy++)
                Send(producer, topic, order, new OrderPaid(order, 2), id);
            Send(producer, topic, order, new OrderShipped(order, 3));
            producer.Flush(TimeSpan.FromSeconds(10));
        }

        await Eventually.True(async () => await bus.ScalarAsync<long>($"select count(*) from shop.orders where current_state = 'Closed' and correlation_id = '{order}'") == 1);
        (await bus.ScalarAsync<int>($"select seen from shop.orders where correlation_id = '{order}'")).Should().Be(3);
    }

    [Fact]
    public async Task A_poisoned_key_becomes_a_dead_letter_and_holds_up_nobody_else()
    {
        var topic = await kafka.CreateTopicAsync();
        var timers = await kafka.CreateTopicAsync("timers");
        await using var bus = await StartAsync(topic, timers);
        var good = Enumerable.Range(0, 50).Select(_ => Guid.NewGuid()).ToList();
        var throwing = Guid.NewGuid();
        var tooLong = Guid.NewGuid();

        using (var producer = RawProducer())
        {
            foreach (var order in good.Take(25))
                Send(producer, topic, order, new OrderPlaced(order, "Ada", 1));
            Send(producer, topic, throwing, new OrderPlaced(throwing, "thrower", 1));
            Send(producer, topic, tooLong, new OrderPlaced(tooLong, new string('x', 200), 1)); // does not fit the column: fails at the commit
            producer.Produce(topic, new Message<byte[], byte[]> { Key = "junk"u8.ToArray(), Value = "{ not json"u8.ToArray() });
            foreach (var order in good.Skip(25))
                Send(producer, topic, order, new OrderPlaced(order, "Ada", 1));
            foreach (var order in good)
                Send(producer, topic, order, new OrderShipped(order, 2));
            producer.Flush(TimeSpan.FromSeconds(10));
        }

        await Eventually.True(async () => await bus.ScalarAsync<long>("select count(*) from shop.orders where current_state = 'Closed'") == 50);
        await Eventually.True(async () => await bus.ScalarAsync<long>($"select count(*) from bus.dead_letters where topic = '{topic}'") == 3);
        (await bus.ScalarAsync<string>($"select reason from bus.dead_letters where key = '\\x{Convert.ToHexString("junk"u8)}'")).Should().Be("not-json");
        (await bus.ScalarAsync<string>($"select error from bus.dead_letters where convert_from(key, 'UTF8') = '{throwing}'")).Should().Contain("always throws");
        (await bus.ScalarAsync<string>($"select error from bus.dead_letters where convert_from(key, 'UTF8') = '{tooLong}'")).Should().Contain("too long");
        (await bus.ScalarAsync<long>("select count(*) from shop.orders")).Should().Be(50);
    }

    private async Task<BusHost> StartAsync(string topic, string timers) =>
        await BusHost.StartAsync(kafka.BootstrapServers, await postgres.CreateDatabaseAsync(), bus =>
        {
            bus.Messages(new Dictionary<Type, string>
            {
                [typeof(OrderPlaced)] = "order.placed.v1",
                [typeof(OrderPaid)] = "order.paid.v1",
                [typeof(OrderShipped)] = "order.shipped.v1",
            });
            bus.Produces<Guid, OrderClosed>("order-closed");
            bus.Rider.AddSagaStateMachine<OrderStateMachine, OrderState>().EntityFrameworkRepository(r => r.ExistingDbContext<OrdersDbContext>());
            bus.TopicEndpoint(topic, $"orders-{topic}", (context, e) =>
            {
                e.Retries = [TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(20)];
                e.SendTimersTo(timers);
                e.ConfigureSaga<OrderState>(context);
            });
        });

    private IProducer<byte[], byte[]> RawProducer() =>
        new ProducerBuilder<byte[], byte[]>(new ProducerConfig { BootstrapServers = kafka.BootstrapServers, LingerMs = 5 }).Build();

    private static void Send<T>(IProducer<byte[], byte[]> producer, string topic, Guid key, T data, Guid? id = null)
    {
        var type = typeof(T) == typeof(OrderPlaced) ? "order.placed.v1" : typeof(T) == typeof(OrderPaid) ? "order.paid.v1" : "order.shipped.v1";
        var json = JsonSerializer.SerializeToUtf8Bytes(
            new { specversion = "1.0", id = id ?? Guid.NewGuid(), source = "/tests", type, data }, JsonSerializerOptions.Web);
        producer.Produce(topic, new Message<byte[], byte[]> { Key = Encoding.UTF8.GetBytes(key.ToString()), Value = json });
    }
}
