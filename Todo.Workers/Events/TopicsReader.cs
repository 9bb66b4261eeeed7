using System.Diagnostics;
using Confluent.Kafka;

namespace Todo.Workers.Events;

/// <summary>Reads whole topics beside everybody else: no group, nothing committed.</summary>
internal sealed class TopicsReader : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PollTime = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);

    private readonly IReadOnlyList<string> _topics;
    private readonly HashSet<TopicPartition> _followed = [];
    private readonly IAdminClient _admin;
    private readonly IConsumer<string?, byte[]?> _consumer;
    private long _lookedAt;

    /// <summary>From here on everything is read, whatever is written how soon.</summary>
    public TopicsReader(ClientConfig kafka, IReadOnlyList<string> topics, bool fromStart)
    {
        _topics = topics;
        _admin = new AdminClientBuilder(new AdminClientConfig(kafka)).SetLogHandler((_, _) => { }).Build();
        var config = new ConsumerConfig(kafka) { GroupId = "todo-events", EnableAutoCommit = false, GroupProtocol = null };
        _consumer = new ConsumerBuilder<string?, byte[]?>(config).SetLogHandler((_, _) => { }).Build();
        Follow(part => fromStart ? Offset.Beginning : _consumer.QueryWatermarkOffsets(part, Patience).High);
    }

    /// <summary>The next record; null when none came for a moment.</summary>
    public ConsumeResult<string?, byte[]?>? Next()
    {
        // A topic that was not there, such as that of the first dead letter ever, is read from its beginning.
        if (Stopwatch.GetElapsedTime(_lookedAt) > LookAgain && _topics.Any(topic => _followed.All(part => part.Topic != topic)))
            Follow(_ => Offset.Beginning);
        return _consumer.Consume(PollTime);
    }

    public void Dispose()
    {
        _consumer.Close();
        _consumer.Dispose();
        _admin.Dispose();
    }

    private void Follow(Func<TopicPartition, Offset> from)
    {
        var found = _admin.GetMetadata(Patience).Topics
            .Where(topic => _topics.Contains(topic.Topic))
            .SelectMany(topic => topic.Partitions, (topic, part) => new TopicPartition(topic.Topic, part.PartitionId))
            .Where(_followed.Add).ToList();
        if (found.Count > 0)
            _consumer.IncrementalAssign(found.Select(part => new TopicPartitionOffset(part, from(part))));
        _lookedAt = Stopwatch.GetTimestamp();
    }
}
