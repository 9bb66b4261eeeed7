using System.Collections.Concurrent;
using MassTransit;
using Todo.Testing;

namespace Todo.Bus.Tests.Sagas;

public sealed class OptimisticSagaTests(KafkaFixture kafka, PostgresFixture postgres) : IClassFixture<KafkaFixture>, IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Who_is_optimistic_locks_nothing_and_runs_again_when_somebody_else_was_faster()
    {
        var topic = await kafka.CreateTopicAsync();
        await using var bus = await StartAsync(topic, optimistic: true);
        var order = Guid.NewGuid();
        await bus.SendAsync(topic, order, new OrderPaid(order, 1));
        await Eventually.True(async () => await bus.ScalarAsync<long>("select count(*) from shop.tallies where paid = 1") == 1);
        var pause = SlowTallyStateMachine.PauseAt(order);

        await bus.SendAsync(topic, order, new OrderPaid(order, 2));
        await pause.Reached;
        await ExecuteAsync(bus, "update shop.tallies set paid = 100"); // would wait for ever if the row were locked
        pause.GoOn();

        await Eventually.True(async () => await bus.ScalarAsync<int>("select paid from shop.tallies") == 101);
        (await bus.ScalarAsync<long>("select count(*) from bus.dead_letters")).Should().Be(0);
        pause.Times.Should().Be(2, "the first run wrote nothing");
    }

    [Fact]
    public async Task Who_is_pessimistic_makes_others_wait_for_the_row()
    {
        var topic = await kafka.CreateTopicAsync();
        await using var bus = await StartAsync(topic, optimistic: false);
        var order = Guid.NewGuid();
        await bus.SendAsync(topic, order, new OrderPaid(order, 1));
        await Eventually.True(async () => await bus.ScalarAsync<long>("select count(*) from shop.tallies where paid = 1") == 1);
        var pause = SlowTallyStateMachine.PauseAt(order);

        await bus.SendAsync(topic, order, new OrderPaid(order, 2));
        await pause.Reached;
        var other = ExecuteAsync(bus, "update shop.tallies set paid = paid + 100");
        await Eventually.True(async () => await bus.ScalarAsync<long>("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like 'update shop.tallies%'") == 1);
        pause.GoOn();
        await other;

        (await bus.ScalarAsync<int>("select paid from shop.tallies")).Should().Be(102);
        pause.Times.Should().Be(1);
    }

    private async Task<BusHost> StartAsync(string topic, bool optimistic) =>
        await BusHost.StartAsync(kafka.BootstrapServers, await postgres.CreateDatabaseAsync(), bus =>
        {
            bus.Rider.AddSagaStateMachine<SlowTallyStateMachine, TallyState>().EntityFrameworkRepository(r =>
            {
                r.ConcurrencyMode = optimistic ? ConcurrencyMode.Optimistic : ConcurrencyMode.Pessimistic;
                r.ExistingDbContext<OrdersDbContext>();
            });
            bus.TopicEndpoint(topic, topic, (context, e) =>
            {
                e.Retries = [];
                e.ConfigureSaga<TallyState>(context);
            });
        });

    private static async Task ExecuteAsync(BusHost bus, string sql)
    {
        await using var command = bus.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>Counts payments, and stands still in the middle of one when a test wants it to.</summary>
public sealed class SlowTallyStateMachine : MassTransitStateMachine<TallyState>
{
    private static readonly ConcurrentDictionary<Guid, Pause> Pauses = new();

    public SlowTallyStateMachine()
    {
        InstanceState(tally => tally.CurrentState);
        Event(() => Paid, e => e.CorrelateById(context => context.Message.OrderId));
        Initially(When(Paid).ThenAsync(CountAsync).TransitionTo(Counting));
        During(Counting, When(Paid).ThenAsync(CountAsync));
    }

    public State Counting { get; private set; } = null!;

    public Event<OrderPaid> Paid { get; private set; } = null!;

    public static Pause PauseAt(Guid order) => Pauses[order] = new Pause();

    private static async Task CountAsync(BehaviorContext<TallyState, OrderPaid> context)
    {
        context.Saga.Paid++;
        if (Pauses.TryGetValue(context.Saga.CorrelationId, out var pause))
            await pause.StandStillAsync();
    }

    public sealed class Pause
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _times;

        public Task Reached => _reached.Task.WaitAsync(TimeSpan.FromSeconds(20));

        public int Times => _times;

        public void GoOn() => _goOn.TrySetResult();

        public Task StandStillAsync()
        {
            Interlocked.Increment(ref _times);
            _reached.TrySetResult();
            return _goOn.Task.WaitAsync(TimeSpan.FromSeconds(20));
        }
    }
}
