using Confluent.Kafka;
using Todo.AppHost.Kafka;
using Todo.Testing;

namespace Todo.AppHost.Tests.Kafka;

public sealed class EmbeddedKafkaTests
{
    [Fact]
    public void A_topic_it_was_started_with_has_twelve_partitions()
    {
        using var kafka = EmbeddedKafka.Start(["task-events"]);
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = kafka.BootstrapServers }).Build();

        var topic = admin.GetMetadata("task-events", TimeSpan.FromSeconds(10)).Topics.Single();

        topic.Partitions.Should().HaveCount(12);
    }

    [Fact]
    public async Task What_is_produced_with_a_key_is_consumed_by_a_group()
    {
        using var kafka = EmbeddedKafka.Start(["facts"]);
        using var producer = Producer(kafka);
        using var consumer = Consumer(kafka, "facts");

        await producer.ProduceAsync("facts", new Message<string, string> { Key = "42", Value = "it happened" });
        var received = consumer.Consume(TimeSpan.FromSeconds(20));

        received.Should().NotBeNull();
        received.Message.Key.Should().Be("42");
        received.Message.Value.Should().Be("it happened");
    }

    [Fact]
    public async Task A_message_produced_while_the_broker_is_down_arrives_when_it_is_back()
    {
        using var kafka = EmbeddedKafka.Start(["facts"]);
        using var producer = Producer(kafka);
        await producer.ProduceAsync("facts", new Message<string, string> { Key = "1", Value = "before" });

        kafka.TakeBrokerDown();
        var waiting = producer.ProduceAsync("facts", new Message<string, string> { Key = "1", Value = "during" });
        var first = await Task.WhenAny(waiting, Task.Delay(TimeSpan.FromMilliseconds(300)));
        kafka.BringBrokerUp();
        var delivered = await waiting.WaitAsync(TimeSpan.FromSeconds(20));

        first.Should().NotBe(waiting);
        delivered.Status.Should().Be(PersistenceStatus.Persisted);
    }

    [Fact]
    public async Task An_injected_error_reaches_the_producer_once()
    {
        using var kafka = EmbeddedKafka.Start(["facts"]);
        using var producer = Producer(kafka);

        kafka.FailNext(KafkaRequest.Produce, ErrorCode.MsgSizeTooLarge);
        var refused = () => producer.ProduceAsync("facts", new Message<string, string> { Key = "1", Value = "x" });

        (await refused.Should().ThrowAsync<ProduceException<string, string>>()).Which.Error.Code.Should().Be(ErrorCode.MsgSizeTooLarge);
        (await refused()).Status.Should().Be(PersistenceStatus.Persisted);
    }

    [Fact]
    public async Task Two_clusters_in_one_process_know_nothing_of_each_other()
    {
        using var one = EmbeddedKafka.Start(["facts"]);
        using var other = EmbeddedKafka.Start(["facts"]);
        using var producer = Producer(one);
        await producer.ProduceAsync("facts", new Message<string, string> { Key = "1", Value = "x" });

        using var consumer = Consumer(other, "facts");
        var watermarks = Enumerable.Range(0, 12).Select(p => consumer.QueryWatermarkOffsets(new TopicPartition("facts", p), TimeSpan.FromSeconds(10)).High.Value);

        watermarks.Should().AllBeEquivalentTo(0L);
    }

    [Fact]
    public void The_topics_of_a_fresh_broker_are_those_of_the_contracts() =>
        TopicNames.All.Should().BeEquivalentTo(Todo.Contracts.Topics.All);

    private static IProducer<string, string> Producer(EmbeddedKafka kafka) =>
        new ProducerBuilder<string, string>(new ProducerConfig { BootstrapServers = kafka.BootstrapServers, LingerMs = 0, ReconnectBackoffMaxMs = 200 })
            .SetLogHandler((_, _) => { })
            .Build();

    private static IConsumer<string, string> Consumer(EmbeddedKafka kafka, string topic)
    {
        var consumer = new ConsumerBuilder<string, string>(new ConsumerConfig
        {
            BootstrapServers = kafka.BootstrapServers,
            GroupId = KafkaFixture.UniqueName("group"),
            AutoOffsetReset = AutoOffsetReset.Earliest,
        }).Build();
        consumer.Subscribe(topic);
        return consumer;
    }
}
