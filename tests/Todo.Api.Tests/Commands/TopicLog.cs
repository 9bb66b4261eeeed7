using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Confluent.Kafka;
using Todo.Testing;

namespace Todo.Api.Tests.Commands;

/// <summary>Everything that is written to some topics, from the beginning, as a bare client reads it.</summary>
internal sealed class TopicLog : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<(string Topic, string? Key, JsonObject Event)> _read = new();
    private readonly Task _reading;

    public TopicLog(string bootstrapServers, params string[] topics) => _reading = Task.Run(() => Read(bootstrapServers, topics));

    public Task<JsonObject> FirstAsync(Func<string?, JsonObject, bool> isIt) => Eventually.Get(
        () => _read.FirstOrDefault(record => isIt(record.Key, record.Event)).Event, found => found is not null, Patience)!;

    public List<JsonObject> All(Func<string?, JsonObject, bool> isOne) => [.. _read.Where(record => isOne(record.Key, record.Event)).Select(record => record.Event)];

    public void Dispose()
    {
        _stop.Cancel();
        _reading.Wait();
        _stop.Dispose();
    }

    private void Read(string bootstrapServers, string[] topics)
    {
        using var consumer = new ConsumerBuilder<string?, byte[]>(new ConsumerConfig { BootstrapServers = bootstrapServers, GroupId = "unused", EnableAutoCommit = false }).Build();
        var partitions = topics.SelectMany(topic => Enumerable.Range(0, 12).Select(partition => new TopicPartitionOffset(topic, partition, Offset.Beginning)));
        consumer.Assign(partitions);
        while (!_stop.IsCancellationRequested)
        {
            if (consumer.Consume(TimeSpan.FromMilliseconds(50)) is { } found)
                _read.Enqueue((found.Topic, found.Message.Key, JsonNode.Parse(Encoding.UTF8.GetString(found.Message.Value))!.AsObject()));
        }
    }
}
