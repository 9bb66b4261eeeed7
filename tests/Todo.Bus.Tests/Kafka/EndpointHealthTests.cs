using Confluent.Kafka;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Todo.Testing;

namespace Todo.Bus.Tests.Kafka;

public sealed class EndpointHealthTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task An_endpoint_is_degraded_while_its_topic_does_not_exist_and_healthy_once_it_does()
    {
        using var kafka = new FaultyKafka("there");
        await using var bus = await BusHost.StartAsync(
            kafka.BootstrapServers,
            await postgres.CreateDatabaseAsync(),
            bus => bus.Consumer<RecordPayment>(),
            services => services.AddOptions<MassTransitHostOptions>().Configure(options => options.WaitUntilStarted = false));
        var rider = bus.Services.GetRequiredService<IKafkaRider>();
        var health = bus.Services.GetRequiredService<HealthCheckService>();
        await Eventually.True(async () => (await health.CheckHealthAsync()).Status == HealthStatus.Healthy);

        // Nobody may make the topic by asking for it.
        var endpoint = rider.ConnectTopicEndpoint<Guid, OrderPaid>("late", new ConsumerConfig { GroupId = "late", AllowAutoCreateTopics = false }, (context, e) =>
            e.ConfigureConsumer<RecordPayment>(context));
        await Eventually.Get(
            async () => (await health.CheckHealthAsync()).Entries.Select(entry => $"{entry.Value.Status}: {string.Join("; ", entry.Value.Data.Values)}"),
            seen => seen.Single().StartsWith("Degraded", StringComparison.Ordinal) && seen.Single().Contains("late: Degraded - waits for its topic, which does not exist yet", StringComparison.Ordinal));
        endpoint.Ready.IsCompleted.Should().BeFalse();

        kafka.CreateTopic("late", 2);

        await Eventually.True(async () => (await health.CheckHealthAsync()).Status == HealthStatus.Healthy);
        await endpoint.Ready.WaitAsync(TimeSpan.FromSeconds(20));
        var order = Guid.NewGuid();
        await bus.SendAsync("late", order, new OrderPaid(order, 1));
        await Eventually.True(async () => await bus.ScalarAsync<long>("select count(*) from shop.handled") == 1);
        await bus.Services.GetRequiredService<IBusControl>().StopAsync();
        (await health.CheckHealthAsync()).Status.Should().Be(HealthStatus.Unhealthy);
    }

    [Fact]
    public async Task A_setting_that_the_client_refuses_stops_the_start_with_its_reason()
    {
        using var kafka = new FaultyKafka("there");
        await using var bus = await BusHost.StartAsync(kafka.BootstrapServers, await postgres.CreateDatabaseAsync(), bus => bus.Consumer<RecordPayment>());
        var settings = new ConsumerConfig { GroupId = "odd" };
        settings.Set("no.such.option", "1");

        var connect = () => bus.Services.GetRequiredService<IKafkaRider>().ConnectTopicEndpoint<Guid, OrderPaid>("there", settings, (context, e) =>
            e.ConfigureConsumer<RecordPayment>(context));

        connect.Should().Throw<ConfigurationException>().WithMessage("there for odd cannot be read with these settings:*no.such.option*");
    }

    [Fact]
    public async Task A_handler_of_the_user_that_throws_in_the_client_does_not_end_the_reading()
    {
        using var kafka = new FaultyKafka("there");
        var thrown = 0;
        await using var bus = await BusHost.StartAsync(kafka.BootstrapServers, await postgres.CreateDatabaseAsync(), bus => bus
            .Consumer<RecordPayment>()
            .TopicEndpoint("there", "there", (context, e) =>
            {
                e.CheckpointInterval = TimeSpan.FromMilliseconds(50);
                e.SetOffsetsCommittedHandler(_ =>
                {
                    if (Interlocked.Increment(ref thrown) == 1)
                        throw new InvalidOperationException("the user's own handler");
                });
                e.ConfigureConsumer<RecordPayment>(context);
            }));
        var order = Guid.NewGuid();

        await bus.SendAsync("there", order, new OrderPaid(order, 1));
        await Eventually.True(() => Volatile.Read(ref thrown) > 0);
        await bus.SendAsync("there", order, new OrderPaid(order, 2));

        await Eventually.True(async () => await bus.ScalarAsync<string>("select string_agg(number::text, ',' order by id) from shop.handled") == "1,2");
    }
}
