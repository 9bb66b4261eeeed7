using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Confluent.Kafka;

namespace Todo.Benchmarks;

/// <summary>A consumer that notes when each record came, by its key.</summary>
internal sealed class Arrivals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, long> _at = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;

    private Arrivals(string bootstrapServers, string topic) =>
        _reading = Task.Factory.StartNew(() => Read(bootstrapServers, topic), TaskCreationOptions.LongRunning);

    public int Count => _at.Count;

    public static async Task<Arrivals> StartAsync(string bootstrapServers, string topic)
    {
        var arrivals = new Arrivals(bootstrapServers, topic);
        await arrivals._ready.Task;
        return arrivals;
    }

    /// <summary>When the record of this key came, as a Stopwatch timestamp.</summary>
    public long At(string key) => _at[key];

    public async Task WaitAsync(int count)
    {
        var patience = Stopwatch.StartNew();
        while (_at.Count < count)
        {
            if (patience.Elapsed > TimeSpan.FromSeconds(120))
                throw new TimeoutException($"{_at.Count} of {count} records came.");
            await Task.Delay(5);
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _reading.Wait();
        _stop.Dispose();
    }

    private void Read(string bootstrapServers, string topic)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = bootstrapServers,
            GroupId = "arrivals",
            EnableAutoCommit = false,
            FetchWaitMaxMs = 5, // the embedded Kafka answers an empty fetch only after this time, even when a record has come meanwhile
        }).Build();
        consumer.Assign(Enumerable.Range(0, 12).Select(partition => new TopicPartitionOffset(topic, partition, Offset.Beginning)));
        while (!_stop.IsCancellationRequested)
        {
            var record = consumer.Consume(TimeSpan.FromMilliseconds(50));
            if (record is not null)
                _at.TryAdd(Encoding.UTF8.GetString(record.Message.Key), Stopwatch.GetTimestamp());
            _ready.TrySetResult();
        }

        consumer.Close();
    }
}
