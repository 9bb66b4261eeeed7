using Confluent.Kafka;

namespace Todo.Workers.Events;

/// <summary>Reads whole topics beside everybody else: no group, nothing committed.</summary>
internal sealed class TopicsReader : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PollTime = TimeSpan.FromMilliseconds(100);

    private readonly IConsumer<string?, byte[]?> _consumer;

    /// <summary>From here on everything is read, whatever is written how soon.</summary>
    public TopicsReader(ClientConfig kafka, IReadOnlyList<string> topics, bool fromStart)
    {
        using (var admin = new AdminClientBuilder(new AdminClientConfig(kafka)).SetLogHandler((_, _) => { }).Build())
        {
            var known = admin.GetMetadata(Patience).Topics.Where(topic => topics.Contains(topic.Topic)).SelectMany(topic => topic.Partitions, (topic, part) => new TopicPartition(topic.Topic, part.PartitionId)).ToList();
            var config = new ConsumerConfig(kafka) { GroupId = "todo-events", EnableAutoCommit = false, GroupProtocol = null };
            _consumer = new ConsumerBuilder<string?, byte[]?>(config).SetLogHandler((_, _) => { }).Build();
            _consumer.Assign(known.Select(part => new TopicPartitionOffset(part, fromStart ? Offset.Beginning : _consumer.QueryWatermarkOffsets(part, Patience).High)));
        }
    }

    /// <summary>The next record; null when none came for a moment.</summary>
    public ConsumeResult<string?, byte[]?>? Next() => _consumer.Consume(PollTime);

    public void Dispose()
    {
        _consumer.Close();
        _consumer.Dispose();
    }
}
