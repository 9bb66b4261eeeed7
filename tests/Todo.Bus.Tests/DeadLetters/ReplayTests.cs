using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Todo.Bus.DeadLetters;
using Todo.Testing;

namespace Todo.Bus.Tests.DeadLetters;

public sealed class ReplayTests(KafkaFixture kafka, PostgresFixture postgres) : IClassFixture<KafkaFixture>, IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task A_replayed_letter_that_fails_again_keeps_its_count_and_one_that_succeeds_is_done()
    {
        var topic = await kafka.CreateTopicAsync();
        await using var bus = await BusHost.StartAsync(kafka.BootstrapServers, await postgres.CreateDatabaseAsync(), bus => bus
            .Consumer<Kafka.FailFirst>()
            .TopicEndpoint(topic, topic, (context, e) =>
            {
                e.Retries = [TimeSpan.FromMilliseconds(10)];
                e.ConfigureConsumer<Kafka.FailFirst>(context);
            }));
        var (order, other) = (Guid.NewGuid(), Guid.NewGuid());
        Kafka.FailFirst.Remaining[order] = 5;
        Kafka.FailFirst.Remaining[other] = 2;
        await bus.SendAsync(topic, order, new OrderPaid(order, 1));
        await bus.SendAsync(topic, other, new OrderPaid(other, 1));
        await Eventually.True(async () => await bus.ScalarAsync<long>("select count(*) from bus.dead_letters where state = 'waiting' and attempts = 2") == 2);
        var letters = bus.Services.GetRequiredService<IDeadLetters>();

        await letters.ReplayAsync(new() { Consumer = topic }, "night shift", "try again", CancellationToken.None);

        await Eventually.True(async () => await bus.ScalarAsync<long>("select count(*) from bus.dead_letters where state = 'waiting' and attempts = 4 and replays = 1") == 1);
        await Eventually.True(async () => await bus.ScalarAsync<long>("select count(*) from bus.dead_letters where state = 'replayed' and replays = 1") == 1);
        await letters.ReplayAsync(new(), "night shift", null, CancellationToken.None);
        await Eventually.True(async () => await bus.ScalarAsync<long>("select count(*) from bus.dead_letters where state = 'replayed'") == 2);
        (await bus.ScalarAsync<long>("select count(*) from shop.handled")).Should().Be(2);
    }

    [Fact]
    public async Task Letters_of_a_pattern_go_back_to_it_and_wear_the_names_of_their_topics()
    {
        var (one, two) = (await kafka.CreateTopicAsync("pattern-one", 2), await kafka.CreateTopicAsync("pattern-two", 2));
        var end = one[one.IndexOf('.', StringComparison.Ordinal)..one.LastIndexOf('-')].Replace(".", "\\.", StringComparison.Ordinal);
        var group = KafkaFixture.UniqueName("group");
        await using var bus = await BusHost.StartAsync(kafka.BootstrapServers, await postgres.CreateDatabaseAsync(), bus => bus
            .Consumer<Kafka.FailFirst>()
            .TopicEndpoint($"^pattern-[a-z]+{end}.*", group, (context, e) =>
            {
                e.Retries = [];
                e.ConfigureConsumer<Kafka.FailFirst>(context);
            }));
        var (order, other) = (Guid.NewGuid(), Guid.NewGuid());
        Kafka.FailFirst.Remaining[order] = Kafka.FailFirst.Remaining[other] = 1;
        await bus.SendAsync(one, order, new OrderPaid(order, 1));
        await bus.SendAsync(two, other, new OrderPaid(other, 1));
        await Eventually.True(async () => await bus.ScalarAsync<long>("select count(*) from bus.dead_letters where state = 'waiting'") == 2);
        (await bus.ScalarAsync<string>("select string_agg(topic, ' ' order by topic) from bus.dead_letters")).Should().Be($"{one} {two}");

        await bus.Services.GetRequiredService<IDeadLetters>().ReplayAsync(new() { Consumer = group }, "night shift", null, CancellationToken.None);

        await Eventually.True(async () => await bus.ScalarAsync<long>("select count(*) from bus.dead_letters where state = 'replayed'") == 2);
        (await bus.ScalarAsync<long>("select count(*) from shop.handled")).Should().Be(2);
    }
}
