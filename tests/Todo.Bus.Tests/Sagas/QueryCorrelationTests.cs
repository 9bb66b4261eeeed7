using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Todo.Testing;

namespace Todo.Bus.Tests.Sagas;

public sealed class QueryCorrelationTests(KafkaFixture kafka, PostgresFixture postgres) : IClassFixture<KafkaFixture>, IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task A_query_sees_what_earlier_messages_of_its_batch_have_changed_and_not_what_they_have_left()
    {
        var topic = await kafka.CreateTopicAsync(partitions: 1);
        var database = await postgres.CreateDatabaseAsync();
        var order = Guid.NewGuid();
        await using var bus = await BusHost.StartAsync(kafka.BootstrapServers, database, bus =>
        {
            bus.Rider.AddSagaStateMachine<ByAmountStateMachine, TallyState>().EntityFrameworkRepository(r => r.ExistingDbContext<OrdersDbContext>());
            bus.TopicEndpoint(topic, topic, (context, e) =>
            {
                e.Retries = [TimeSpan.FromMilliseconds(500)];
                e.ConfigureSaga<TallyState>(context);
            });
        });

        // The first fails once, so that the others wait behind it on its key, and then go on together: one batch.
        await bus.SendAsync(topic, order, new OrderPaid(Guid.NewGuid(), ByAmountStateMachine.FailsOnce));
        await bus.SendAsync(topic, order, new OrderPaid(order, 5));
        await bus.SendAsync(topic, order, new OrderShipped(Guid.NewGuid(), 5));
        await bus.SendAsync(topic, order, new OrderShipped(Guid.NewGuid(), 50));
        await bus.SendAsync(topic, order, new OrderShipped(Guid.NewGuid(), 5));

        await Eventually.True(async () => await bus.ScalarAsync<long>("select count(*) from bus.inbox") == 5);
        (await bus.ScalarAsync<int>($"select paid from shop.tallies where correlation_id = '{order}'")).Should().Be(500, "5 became 50, 50 became 500, and nobody had 5 any more");
        await using var scope = bus.Services.CreateAsyncScope();
        (await scope.ServiceProvider.GetRequiredService<OrdersDbContext>().Handled.CountAsync()).Should().Be(0, "the context that asked is not the next request's, with a connection that is gone");
    }

    /// <summary>Finds its instances by what they hold.</summary>
    public sealed class ByAmountStateMachine : MassTransitStateMachine<TallyState>
    {
        public const int FailsOnce = 13;

        private int _failures;

        public ByAmountStateMachine()
        {
            InstanceState(tally => tally.CurrentState);
            Event(() => Paid, e => e.CorrelateById(context => context.Message.OrderId));
            Event(() => Shipped, e =>
            {
                e.CorrelateBy((tally, context) => tally.Paid == context.Message.Number);
                e.OnMissingInstance(missing => missing.Discard());
            });
            Initially(When(Paid)
                .Then(context =>
                {
                    context.Saga.Paid = context.Message.Number;
                    if (context.Message.Number == FailsOnce && Interlocked.Increment(ref _failures) == 1)
                        throw new InvalidOperationException("not yet");
                })
                .TransitionTo(Counting));
            During(Counting, When(Shipped).Then(context => context.Saga.Paid *= 10));
        }

        public State Counting { get; private set; } = null!;

        public Event<OrderPaid> Paid { get; private set; } = null!;

        public Event<OrderShipped> Shipped { get; private set; } = null!;
    }
}
