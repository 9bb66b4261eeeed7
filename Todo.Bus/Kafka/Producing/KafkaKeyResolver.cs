namespace MassTransit.KafkaIntegration;

/// <summary>Derives the record key from the message, for producers that are not told one.</summary>
public delegate TKey KafkaKeyResolver<out TKey, TValue>(KafkaSendContext<TValue> context)
    where TValue : class;
