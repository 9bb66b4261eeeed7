using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using MassTransit;
using Todo.Testing;

namespace Todo.Bus.Tests.Telemetry;

public sealed class TraceTests(KafkaFixture kafka, PostgresFixture postgres) : IClassFixture<KafkaFixture>, IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task One_trace_runs_from_the_request_through_outbox_saga_and_timer_to_the_timers_message()
    {
        var topic = await kafka.CreateTopicAsync();
        var spans = new ConcurrentQueue<Activity>();
        using var requests = new ActivitySource("Todo.Bus.Tests.Requests");
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Todo.Bus" or "MassTransit" or "Todo.Bus.Tests.Requests",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var bus = await StartAsync(topic);
        var order = Guid.NewGuid();

        string trace;
        using (var request = requests.StartActivity("POST /orders")!)
        {
            trace = request.TraceId.ToString();
            await bus.ProduceAsync(order, new OrderPlaced(order, "Ada", 1));
        }

        await Eventually.True(async () => await bus.ScalarAsync<long>("select count(*) from bus.timers") == 1);
        await using (var due = bus.Source.CreateCommand("update bus.timers set due_at = clock_timestamp()"))
            await due.ExecuteNonQueryAsync(); // an hour has passed

        await Eventually.True(async () => await bus.ScalarAsync<long>("select count(*) from shop.orders where current_state = 'Expired'") == 1);
        List<Activity> Ours() => [.. spans.Where(span => span.TraceId.ToString() == trace && span.Source.Name == "Todo.Bus")];
        await Eventually.Get(Ours, ours => ours.Count == 6);

        var byStart = Ours().OrderBy(span => span.StartTimeUtc).Select(span => span.OperationName).ToList();
        byStart.Should().BeEquivalentTo($"create {topic}", $"send {topic}", $"process {topic}", $"create {topic}", $"send {topic}", $"process {topic}");
        var (placed, timeout) = (Ours().Where(span => span.Kind == ActivityKind.Consumer).MinBy(span => span.StartTimeUtc)!, Ours().Where(span => span.Kind == ActivityKind.Consumer).MaxBy(span => span.StartTimeUtc)!);
        Ours().Single(span => span.Id == placed.ParentId).Kind.Should().Be(ActivityKind.Producer);
        Ours().Single(span => span.Id == timeout.ParentId).Kind.Should().Be(ActivityKind.Producer);
        placed.GetTagItem("messaging.system").Should().Be("kafka");
        placed.GetTagItem("messaging.operation.type").Should().Be("process");
        placed.GetTagItem("messaging.kafka.message.key").Should().Be(order.ToString());
        spans.Should().Contain(span => span.Source.Name == "MassTransit" && span.TraceId.ToString() == trace, "MassTransit's own spans are in the same trace");
    }

    [Fact]
    public async Task Counters_and_the_lag_of_every_partition_tell_what_happens()
    {
        var topic = await kafka.CreateTopicAsync();
        var sums = new ConcurrentDictionary<string, long>();
        var lags = new ConcurrentDictionary<string, long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "Todo.Bus")
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var of = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value?.ToString());
            if (of.GetValueOrDefault("messaging.destination.name") != topic)
                return;
            if (instrument.Name == "todo.bus.consumer.lag")
                lags[of["messaging.destination.partition.id"]!] = value;
            else
                sums.AddOrUpdate(of.GetValueOrDefault("outcome") is { } outcome ? $"{instrument.Name} {outcome}" : instrument.Name, value, (_, before) => before + value);
        });
        listener.Start();
        await using var bus = await StartAsync(topic);
        var orders = Enumerable.Range(0, 30).Select(_ => Guid.NewGuid()).ToList();

        await Task.WhenAll(orders.Select(order => bus.SendAsync(topic, order, new OrderPlaced(order, "Ada", 1))));
        var bad = Guid.NewGuid();
        await bus.SendAsync(topic, bad, new OrderPlaced(bad, "thrower", 1));

        await Eventually.True(async () => await bus.ScalarAsync<long>("select count(*) from bus.dead_letters") == 1);
        await Eventually.True(async () => await bus.ScalarAsync<long>("select count(*) from shop.orders") == 30);
        sums["messaging.client.sent.messages"].Should().Be(31);
        sums["messaging.client.consumed.messages"].Should().Be(31);
        sums["todo.bus.consumer.faulted"].Should().Be(2, "one attempt and one retry");
        await Eventually.True(() => sums.GetValueOrDefault("todo.bus.records handled") == 30, expected: "every record is counted once, by what became of it");
        sums["todo.bus.records dead-letter"].Should().Be(1);
        await Eventually.True(() =>
        {
            listener.RecordObservableInstruments();
            return !lags.IsEmpty && lags.Values.All(lag => lag == 0);
        });
    }

    private async Task<BusHost> StartAsync(string topic) =>
        await BusHost.StartAsync(kafka.BootstrapServers, await postgres.CreateDatabaseAsync(), bus =>
        {
            bus.Produces<Guid, OrderPlaced>(topic).Produces<Guid, OrderClosed>("order-closed");
            bus.Rider.AddSagaStateMachine<OrderStateMachine, OrderState>().EntityFrameworkRepository(r => r.ExistingDbContext<OrdersDbContext>());
            bus.TopicEndpoint(topic, topic, (context, e) =>
            {
                e.Retries = [TimeSpan.FromMilliseconds(10)];
                e.ConfigureSaga<OrderState>(context);
            });
        });
}
