using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Todo.Bus.Kafka;

internal sealed partial class RecordSender(ClientConfig client, ILogger<RecordSender> logger) : IRecordSender, IDisposable
{
    private readonly Lock _gate = new();
    private IProducer<byte[]?, byte[]?>? _producer;
    private volatile bool _broken;
    private bool _disposed;

    public void Send(string topic, int? partition, byte[]? key, byte[]? value, Headers headers, Action<Error?> done)
    {
        var record = new Message<byte[]?, byte[]?> { Key = key, Value = value, Headers = headers };
        void Report(DeliveryReport<byte[]?, byte[]?> report) => done(report.Error.IsError ? report.Error : null);

        while (true)
        {
            var producer = Current();
            try
            {
                if (partition is { } number)
                    producer.Produce(new TopicPartition(topic, number), record, Report);
                else
                    producer.Produce(topic, record, Report);
                return;
            }
            catch (ProduceException<byte[]?, byte[]?> full) when (full.Error.Code == ErrorCode.Local_QueueFull)
            {
                producer.Flush(TimeSpan.FromMilliseconds(20)); // the client's queue is full: let it drain, then go on in order
            }
            catch (ProduceException<byte[]?, byte[]?> refused)
            {
                _broken |= refused.Error.IsFatal || refused.Error.Code == ErrorCode.Local_Fatal;
                done(refused.Error);
                return;
            }
        }
    }

    public void Flush(TimeSpan timeout) => _producer?.Flush(timeout);

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _producer?.Flush(TimeSpan.FromSeconds(5));
            _producer?.Dispose();
            _producer = null;
        }
    }

    private IProducer<byte[]?, byte[]?> Current()
    {
        if (_producer is { } working && !_broken)
            return working;

        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_producer is not null && !_broken)
                return _producer;

            // An idempotent producer that has met a fatal error refuses everything from then on. Its records have been
            // reported as failed by the time it is gone, so a new one may take their place.
            _producer?.Dispose();
            _broken = false;
            return _producer = Build();
        }
    }

    private IProducer<byte[]?, byte[]?> Build()
    {
        var config = new ProducerConfig(new ClientConfig(client.ToDictionary(pair => pair.Key, pair => pair.Value)))
        {
            EnableIdempotence = true,
            Acks = Acks.All,
            LingerMs = 2,
            CompressionType = CompressionType.Lz4,
            Partitioner = Partitioner.Murmur2Random, // the partitioner of Java, Streams and kafka-python: the same key lands where theirs does
            QueueBufferingMaxMessages = 200_000,
            // Never give up on a record by the clock: at the end of an outage the first record of a key could time out while
            // the second, a moment younger, is still sent, and the first would come again behind it.
            MessageTimeoutMs = 0,
            DeliveryReportFields = "status",
        };
        return new ProducerBuilder<byte[]?, byte[]?>(config)
            .SetKeySerializer(Serializers.ByteArray!)
            .SetValueSerializer(Serializers.ByteArray!)
            .SetErrorHandler((_, error) =>
            {
                _broken |= error.IsFatal;
                ClientReported(logger, error.Code, error.Reason);
            })
            .SetLogHandler((_, _) => { })
            .Build();
    }

    [LoggerMessage(LogLevel.Warning, "The Kafka producer reported {Code}: {Reason}")]
    private static partial void ClientReported(ILogger logger, ErrorCode code, string reason);
}
