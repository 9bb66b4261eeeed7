using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Todo.Bus.Telemetry;

namespace Todo.Bus.Kafka;

/// <summary>One Kafka client that writes. It is made on first use, and anew after a fatal error.</summary>
internal sealed partial class RecordClient(Func<ProducerBuilder<byte[]?, byte[]?>> builder, ILogger logger) : IDisposable
{
    private readonly Lock _gate = new();
    private IProducer<byte[]?, byte[]?>? _producer;
    private volatile bool _broken;
    private bool _disposed;

    public void Send(string topic, int? partition, byte[]? key, byte[]? value, Headers headers, Action<Error?> done)
    {
        var record = new Message<byte[]?, byte[]?> { Key = key, Value = value, Headers = headers };
        done = BusTracing.Send(topic, key, headers, done);
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

    private IProducer<byte[]?, byte[]?> Build() =>
        builder()
            .SetErrorHandler((_, error) =>
            {
                _broken |= error.IsFatal;
                ClientReported(logger, error.Code, error.Reason);
            })
            .Build();

    [LoggerMessage(LogLevel.Warning, "The Kafka producer reported {Code}: {Reason}")]
    private static partial void ClientReported(ILogger logger, ErrorCode code, string reason);
}
