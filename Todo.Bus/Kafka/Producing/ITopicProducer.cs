namespace MassTransit;

/// <summary>Writes messages of one type to one topic, keyed.</summary>
/// <remarks>
/// In a request the message waits for the scope's DbContext to save; while a message is handled it waits for that message's
/// transaction; elsewhere it is written at once and the task completes when every in-sync replica has it. Nothing rolled back is
/// ever sent, nothing committed is ever lost; messages of one key keep the order of their commits, and may arrive twice.
/// </remarks>
public interface ITopicProducer<TKey, TValue> : ISendObserverConnector
    where TValue : class
{
    /// <summary>Writes a message.</summary>
    Task Produce(TKey key, TValue value, CancellationToken cancellationToken = default);

    /// <summary>Writes a message; the pipe may set headers, ids, the key and the partition.</summary>
    Task Produce(TKey key, TValue value, IPipe<KafkaSendContext<TKey, TValue>> pipe, CancellationToken cancellationToken = default);

    /// <summary>Initializes the message from an object's properties, then writes it.</summary>
    Task Produce(TKey key, object values, CancellationToken cancellationToken = default);

    /// <summary>Initializes the message from an object's properties, then writes it; the pipe may set headers, ids, the key and the partition.</summary>
    Task Produce(TKey key, object values, IPipe<KafkaSendContext<TKey, TValue>> pipe, CancellationToken cancellationToken = default);
}

/// <summary>Writes messages of one type to one topic; the key comes from the resolver given to AddProducer, or is absent.</summary>
public interface ITopicProducer<TValue> : ISendObserverConnector
    where TValue : class
{
    /// <summary>Writes a message. Promises are those of <see cref="ITopicProducer{TKey,TValue}"/>.</summary>
    Task Produce(TValue message, CancellationToken cancellationToken = default);

    /// <summary>Writes a message; the pipe may set headers, ids and the partition.</summary>
    Task Produce(TValue message, IPipe<KafkaSendContext<TValue>> pipe, CancellationToken cancellationToken = default);

    /// <summary>Initializes the message from an object's properties, then writes it.</summary>
    Task Produce(object values, CancellationToken cancellationToken = default);

    /// <summary>Initializes the message from an object's properties, then writes it; the pipe may set headers, ids and the partition.</summary>
    Task Produce(object values, IPipe<KafkaSendContext<TValue>> pipe, CancellationToken cancellationToken = default);
}
