using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Todo.Bus.Kafka;

internal sealed partial class RecordSender(ClientConfig client, ILogger<RecordSender> logger) : IRecordSender, IDisposable
{
    private readonly Lazy<IProducer<byte[]?, byte[]?>> _producer = new(() => Build(client, logger));

    public void Send(string topic, int? partition, byte[]? key, byte[]? value, Headers headers, Action<Error?> done)
    {
        var record = new Message<byte[]?, byte[]?> { Key = key, Value = value, Headers = headers };
        void Report(DeliveryReport<byte[]?, byte[]?> report) => done(report.Error.IsError ? report.Error : null);

        while (true)
        {
            try
            {
                if (partition is { } number)
                    _producer.Value.Produce(new TopicPartition(topic, number), record, Report);
                else
                    _producer.Value.Produce(topic, record, Report);
                return;
            }
            catch (ProduceException<byte[]?, byte[]?> full) when (full.Error.Code == ErrorCode.Local_QueueFull)
            {
                _producer.Value.Flush(TimeSpan.FromMilliseconds(20)); // the client's queue is full: let it drain, then go on in order
            }
            catch (ProduceException<byte[]?, byte[]?> refused)
            {
                done(refused.Error);
                return;
            }
        }
    }

    public void Flush(TimeSpan timeout)
    {
        if (_producer.IsValueCreated)
            _producer.Value.Flush(timeout);
    }

    public void Dispose()
    {
        if (!_producer.IsValueCreated)
            return;
        _producer.Value.Flush(TimeSpan.FromSeconds(5));
        _producer.Value.Dispose();
    }

    private static IProducer<byte[]?, byte[]?> Build(ClientConfig client, ILogger logger)
    {
        var config = new ProducerConfig(new ClientConfig(client.ToDictionary(pair => pair.Key, pair => pair.Value)))
        {
            EnableIdempotence = true,
            Acks = Acks.All,
            LingerMs = 2,
            CompressionType = CompressionType.Lz4,
            Partitioner = Partitioner.Murmur2Random, // the partitioner of Java, Streams and kafka-python: the same key lands where theirs does
            QueueBufferingMaxMessages = 200_000,
            MessageTimeoutMs = 30_000,
            DeliveryReportFields = "status",
        };
        return new ProducerBuilder<byte[]?, byte[]?>(config)
            .SetKeySerializer(Serializers.ByteArray!)
            .SetValueSerializer(Serializers.ByteArray!)
            .SetErrorHandler((_, error) => ClientReported(logger, error.Code, error.Reason))
            .SetLogHandler((_, _) => { })
            .Build();
    }

    [LoggerMessage(LogLevel.Warning, "The Kafka producer reported {Code}: {Reason}")]
    private static partial void ClientReported(ILogger logger, ErrorCode code, string reason);
}
