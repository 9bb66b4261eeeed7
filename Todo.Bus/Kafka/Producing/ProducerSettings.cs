using Confluent.Kafka;
using MassTransit;
using MassTransit.Configuration;
using MassTransit.KafkaIntegration.Serializers;
using MassTransit.Observables;
using MassTransit.Transports;

namespace Todo.Bus.Kafka;

/// <summary>What AddProducer was told about one topic and type of message.</summary>
internal sealed class ProducerSettings<TKey, TValue> : IKafkaProducerConfigurator<TKey, TValue>
    where TValue : class
{
    private readonly List<Action<ISendPipeConfigurator>> _pipe = [];

    /// <summary>Who listens to this producer alone.</summary>
    public SendObservable Observers { get; } = new();

    /// <summary>Options for this topic alone; empty when it shares the process's client.</summary>
    public ProducerConfig Client { get; init; } = new();

    public Action<string>? StatisticsHandler { get; private set; }

    public IAsyncSerializer<TKey>? KeySerializer { get; set; }

    public IAsyncSerializer<TValue>? ValueSerializer { get; set; }

    public IHeadersSerializer? HeadersSerializer { get; set; }

    /// <summary>The filters of this producer; null when it has none.</summary>
    public ISendPipe? Pipe { get; private set; }

    public int? BatchNumMessages { set => Client.BatchNumMessages = value; }

    public CompressionType? CompressionType { set => Client.CompressionType = value; }

    public int? CompressionLevel { set => Client.CompressionLevel = value; }

    public int? QueueBufferingBackpressureThreshold { set => Client.QueueBufferingBackpressureThreshold = value; }

    public TimeSpan? RetryBackoff { set => Client.RetryBackoffMs = value.Milliseconds(); }

    public int? MessageSendMaxRetries { set => Client.MessageSendMaxRetries = value; }

    public TimeSpan? Linger { set => Client.LingerMs = value?.TotalMilliseconds; }

    public int? QueueBufferingMaxKbytes { set => Client.QueueBufferingMaxKbytes = value; }

    public int? QueueBufferingMaxMessages { set => Client.QueueBufferingMaxMessages = value; }

    public bool? EnableGaplessGuarantee { set => Client.EnableGaplessGuarantee = value; }

    public bool? EnableIdempotence { set => Client.EnableIdempotence = value; }

    public TimeSpan? TransactionTimeout { set => Client.TransactionTimeoutMs = value.Milliseconds(); }

    public string TransactionalId { set => Client.TransactionalId = value; }

    public Partitioner? Partitioner { set => Client.Partitioner = value; }

    public TimeSpan? MessageTimeout { set => Client.MessageTimeoutMs = value.Milliseconds(); }

    public TimeSpan? RequestTimeout { set => Client.RequestTimeoutMs = value.Milliseconds(); }

    public string DeliveryReportFields { set => Client.DeliveryReportFields = value; }

    public bool? EnableDeliveryReports { set { } }

    public bool? EnableBackgroundPoll { set { } }

    public void SetStatisticsHandler(Action<string> statisticsHandler) => StatisticsHandler = statisticsHandler;

    public void SetHeadersSerializer(IHeadersSerializer serializer) => HeadersSerializer = serializer;

    public void SetKeySerializer(IAsyncSerializer<TKey> serializer) => KeySerializer = serializer;

    public void SetValueSerializer(IAsyncSerializer<TValue> serializer) => ValueSerializer = serializer;

    public ConnectHandle ConnectSendObserver(ISendObserver observer) => Observers.Connect(observer);

    public void ConfigureSend(Action<ISendPipeConfigurator> callback) => _pipe.Add(callback);

    /// <summary>Everything has been said.</summary>
    public void Complete(ISendTopology topology, IKafkaSerializerFactory? serializers, IHeadersSerializer? headers)
    {
        if (serializers is not null)
        {
            KeySerializer ??= serializers.GetSerializer<TKey>();
            ValueSerializer ??= serializers.GetSerializer<TValue>();
        }

        HeadersSerializer ??= headers;
        if (_pipe.Count == 0)
            return;
        var pipe = new SendPipeConfiguration(topology);
        foreach (var callback in _pipe)
            callback(pipe.Configurator);
        Pipe = pipe.CreatePipe();
    }
}
