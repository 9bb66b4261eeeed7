using Confluent.Kafka;
using MassTransit.KafkaIntegration.Serializers;

namespace MassTransit;

/// <summary>How messages are written to one topic. A setting gives the topic a Kafka client of its own; without any it shares the process's one.</summary>
public interface IKafkaProducerConfigurator : ISendObserverConnector, ISendPipelineConfigurator
{
    /// <summary>Client option <c>batch.num.messages</c>.</summary>
    int? BatchNumMessages { set; }

    /// <summary>Client option <c>compression.type</c>. Default: lz4.</summary>
    CompressionType? CompressionType { set; }

    /// <summary>Client option <c>compression.level</c>.</summary>
    int? CompressionLevel { set; }

    /// <summary>Client option <c>queue.buffering.backpressure.threshold</c>.</summary>
    int? QueueBufferingBackpressureThreshold { set; }

    /// <summary>Client option <c>retry.backoff.ms</c>.</summary>
    TimeSpan? RetryBackoff { set; }

    /// <summary>Client option <c>message.send.max.retries</c>.</summary>
    int? MessageSendMaxRetries { set; }

    /// <summary>Client option <c>linger.ms</c>. Default: 2 ms.</summary>
    TimeSpan? Linger { set; }

    /// <summary>Client option <c>queue.buffering.max.kbytes</c>.</summary>
    int? QueueBufferingMaxKbytes { set; }

    /// <summary>Client option <c>queue.buffering.max.messages</c>. Default: 200,000.</summary>
    int? QueueBufferingMaxMessages { set; }

    /// <summary>Client option <c>enable.gapless.guarantee</c>.</summary>
    bool? EnableGaplessGuarantee { set; }

    /// <summary>Client option <c>enable.idempotence</c>. Default: true. Without it a retry may reorder a key.</summary>
    bool? EnableIdempotence { set; }

    /// <summary>Client option <c>transaction.timeout.ms</c>.</summary>
    TimeSpan? TransactionTimeout { set; }

    /// <summary>Refused at start: the outbox makes messages part of the database's transaction, which Kafka's own cannot do.</summary>
    string TransactionalId { set; }

    /// <summary>Client option <c>partitioner</c>. Default: murmur2_random, as Java's client.</summary>
    Partitioner? Partitioner { set; }

    /// <summary>Client option <c>message.timeout.ms</c>. Default: none, so that the order per key outlives an outage.</summary>
    TimeSpan? MessageTimeout { set; }

    /// <summary>Client option <c>request.timeout.ms</c>.</summary>
    TimeSpan? RequestTimeout { set; }

    /// <summary>Client option <c>dotnet.producer.delivery.report.fields</c>.</summary>
    string DeliveryReportFields { set; }

    /// <summary>Ignored: a message counts as written only when Kafka says so.</summary>
    bool? EnableDeliveryReports { set; }

    /// <summary>Ignored: reports are always collected.</summary>
    bool? EnableBackgroundPoll { set; }

    /// <summary>Hears the client's statistics, JSON, every <c>statistics.interval.ms</c>.</summary>
    void SetStatisticsHandler(Action<string> statisticsHandler);

    /// <summary>Writes the record headers instead of ours.</summary>
    void SetHeadersSerializer(IHeadersSerializer serializer);
}

/// <summary>How messages of one type are written to one topic.</summary>
public interface IKafkaProducerConfigurator<TKey, TValue> : IKafkaProducerConfigurator
    where TValue : class
{
    /// <summary>Writes keys. Default: text.</summary>
    void SetKeySerializer(IAsyncSerializer<TKey> serializer);

    /// <summary>Writes values; what the message says about itself then travels in headers, under MassTransit's names. Default: a CloudEvent.</summary>
    void SetValueSerializer(IAsyncSerializer<TValue> serializer);
}
