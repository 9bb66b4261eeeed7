using System.Collections.Concurrent;
using MassTransit;

namespace Todo.Workers.Tests.Sagas;

/// <summary>What sagas said, in order.</summary>
public sealed class Produced
{
    private readonly ConcurrentQueue<(Guid Key, object Message)> _all = new();

    public IReadOnlyList<T> Of<T>() => [.. _all.Select(said => said.Message).OfType<T>()];

    public IReadOnlyList<(Guid Key, object Message)> All => [.. _all];

    public void Add(Guid key, object message) => _all.Enqueue((key, message));

    public void Forget() => _all.Clear();
}

public sealed class RecordedProducer<TKey, T>(Produced produced) : ITopicProducer<TKey, T>
    where T : class
{
    public Task Produce(TKey key, T value, CancellationToken cancellationToken = default)
    {
        produced.Add((Guid)(object)key!, value);
        return Task.CompletedTask;
    }

    public Task Produce(TKey key, T value, IPipe<KafkaSendContext<TKey, T>> pipe, CancellationToken cancellationToken = default) =>
        Produce(key, value, cancellationToken);

    public Task Produce(TKey key, object values, IPipe<KafkaSendContext<TKey, T>> pipe, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("Say the message itself.");

    public Task Produce(TKey key, object values, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("Say the message itself.");

    public ConnectHandle ConnectSendObserver(ISendObserver observer) => throw new NotSupportedException();
}
