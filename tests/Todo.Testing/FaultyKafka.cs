using Confluent.Kafka;
using Todo.AppHost.Kafka;

namespace Todo.Testing;

/// <summary>An embedded Kafka of one test's own, to take down, slow down and make fail.</summary>
public sealed class FaultyKafka : IDisposable
{
    private readonly EmbeddedKafka _kafka;

    public FaultyKafka(params string[] topics) => _kafka = EmbeddedKafka.Start(topics);

    public string BootstrapServers => _kafka.BootstrapServers;

    public void CreateTopic(string topic, int partitions = 12) => _kafka.CreateTopic(topic, partitions);

    /// <summary>Connections are closed and refused until <see cref="BringUp"/>; what was stored stays.</summary>
    public void TakeDown() => _kafka.TakeBrokerDown();

    public void BringUp() => _kafka.BringBrokerUp();

    public void SlowDown(TimeSpan roundTrip) => _kafka.SetRoundTrip(roundTrip);

    /// <summary>The next produce requests are answered with these errors, one each.</summary>
    public void FailNextProduce(params ErrorCode[] errors) => _kafka.FailNext(KafkaRequest.Produce, errors);

    /// <summary>The next offset commits are answered with these errors, one each.</summary>
    public void FailNextCommit(params ErrorCode[] errors) => _kafka.FailNext(KafkaRequest.OffsetCommit, errors);

    public void Dispose() => _kafka.Dispose();
}
