using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;

namespace Todo.Bus.Kafka;

/// <summary>Stops every consumer when the host stops, also while the bus is still starting: one that lived on would keep partitions and handle nothing.</summary>
internal sealed class RunningConsumers : IHostedService
{
    private readonly ConcurrentDictionary<TopicConsumer, byte> _consumers = new();

    public void Add(TopicConsumer consumer) => _consumers.TryAdd(consumer, 0);

    public void Remove(TopicConsumer consumer) => _consumers.TryRemove(consumer, out _);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_consumers.Keys.Select(consumer => consumer.Stop(cancellationToken)));
}
