using System.Text;
using Confluent.Kafka;

namespace Todo.Bus.Tests.Outbox;

/// <summary>Reads topics from their beginning, in the background, and keeps what came in order.</summary>
internal sealed class TopicReader : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;
    private readonly List<(string Key, string Value, DateTime At)> _records = [];

    public TopicReader(string bootstrapServers, params string[] topics) =>
        _reading = Task.Factory.StartNew(() => Read(bootstrapServers, topics), TaskCreationOptions.LongRunning);

    public int Count
    {
        get
        {
            lock (_records)
                return _records.Count;
        }
    }

    public List<(string Key, string Value, DateTime At)> All
    {
        get
        {
            lock (_records)
                return [.. _records];
        }
    }

    public List<string> Of(string key) => [.. All.Where(record => record.Key == key).Select(record => record.Value)];

    /// <summary>Values of each key with repetitions dropped, as a consumer that has seen them drops them.</summary>
    public Dictionary<string, List<string>> FirstOccurrences() =>
        All.GroupBy(record => record.Key).ToDictionary(group => group.Key, group => group.Select(record => record.Value).Distinct().ToList());

    public void Dispose()
    {
        _stop.Cancel();
        _reading.Wait();
        _stop.Dispose();
    }

    private void Read(string bootstrapServers, string[] topics)
    {
        using var consumer = new ConsumerBuilder<byte[]?, byte[]?>(new ConsumerConfig
        {
            BootstrapServers = bootstrapServers,
            GroupId = Guid.NewGuid().ToString(),
            EnableAutoCommit = false,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            FetchWaitMaxMs = 10,
        }).SetErrorHandler((_, _) => { }).SetLogHandler((_, _) => { }).Build();
        consumer.Assign(topics.SelectMany(topic => Enumerable.Range(0, 12).Select(partition => new TopicPartitionOffset(topic, partition, Offset.Beginning))));
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                if (consumer.Consume(TimeSpan.FromMilliseconds(50)) is { } record)
                {
                    lock (_records)
                        _records.Add((Text(record.Message.Key), Text(record.Message.Value), DateTime.UtcNow));
                }
            }
            catch (ConsumeException)
            {
                // A broker that is down for a while is part of some tests.
            }
        }

        consumer.Close();
    }

    private static string Text(byte[]? bytes) => bytes is null ? "" : Encoding.UTF8.GetString(bytes);
}
