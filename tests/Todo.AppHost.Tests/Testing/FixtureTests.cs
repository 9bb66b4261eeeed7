using Confluent.Kafka;
using Npgsql;
using Todo.Testing;

namespace Todo.AppHost.Tests.Testing;

public sealed class FixtureTests(PostgresFixture postgres, KafkaFixture kafka) : IClassFixture<PostgresFixture>, IClassFixture<KafkaFixture>
{
    [Fact]
    public async Task Everyone_who_asks_gets_a_database_of_their_own()
    {
        await using var one = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync());
        await using var other = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync());
        await using (var make = one.CreateCommand("create table mine (id int)"))
            await make.ExecuteNonQueryAsync();

        await using var look = other.CreateCommand("select to_regclass('mine') is null");
        var isAbsent = await look.ExecuteScalarAsync();

        isAbsent.Should().Be(true);
    }

    [Fact]
    public async Task A_topic_of_the_fixture_has_a_name_of_its_own_and_takes_messages()
    {
        var topic = await kafka.CreateTopicAsync("facts");
        using var producer = new ProducerBuilder<Null, string>(new ProducerConfig { BootstrapServers = kafka.BootstrapServers }).Build();

        var delivered = await producer.ProduceAsync(topic, new Message<Null, string> { Value = "x" });

        topic.Should().StartWith("facts.fixturetests-").And.NotBe(await kafka.CreateTopicAsync("facts"));
        delivered.Status.Should().Be(PersistenceStatus.Persisted);
    }

    [Fact]
    public async Task Waiting_in_vain_tells_what_was_seen_last()
    {
        var waiting = () => Eventually.Get(() => 41, seen => seen == 42, TimeSpan.FromMilliseconds(50));

        (await waiting.Should().ThrowAsync<TimeoutException>()).Which.Message.Should().Contain("seen == 42").And.Contain("Last seen: 41");
    }
}
