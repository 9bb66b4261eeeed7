using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Todo.AppHost.Kafka;

/// <summary>A Kafka that needs no installation: librdkafka's mock cluster, speaking the real protocol on loopback.</summary>
/// <remarks>
/// It lives in memory and forgets everything when disposed; a partition keeps about 5 MB or 100,000 messages. A topic
/// nobody created appears on first use with 4 partitions.
/// </remarks>
internal sealed class EmbeddedKafka : IDisposable
{
    public const int DefaultPartitions = 12;

    private readonly Lock _gate = new();
    private readonly int _brokers;
    private nint _handle;
    private nint _cluster;

    private EmbeddedKafka(int brokers)
    {
        var conf = LibrdkafkaMock.ConfNew();
        LibrdkafkaMock.SetOption(conf, "client.id", "embedded-kafka");
        // The handle only carries the cluster and has no broker of its own to talk to; that is not worth a line on stderr.
        LibrdkafkaMock.SetOption(conf, "log_level", "2");

        _brokers = brokers;
        _handle = LibrdkafkaMock.NewProducer(conf);
        _cluster = LibrdkafkaMock.ClusterNew(_handle, brokers);
        if (_cluster == 0)
            throw new InvalidOperationException("librdkafka could not open the ports of its mock cluster.");

        LibrdkafkaMock.GroupInitialRebalanceDelay(_cluster, 100);
        // A consumer killed with -9 is missed after three seconds, so that what it read is read by another.
        LibrdkafkaMock.GroupConsumerSessionTimeout(_cluster, 3_000);
        LibrdkafkaMock.GroupConsumerHeartbeatInterval(_cluster, 500);
        BootstrapServers = Marshal.PtrToStringUTF8(LibrdkafkaMock.Bootstraps(_cluster))!;
    }

    public string BootstrapServers { get; }

    public static EmbeddedKafka Start(IEnumerable<string> topics, int partitions = DefaultPartitions, int brokers = 1)
    {
        var kafka = new EmbeddedKafka(brokers);
        foreach (var topic in topics)
            kafka.CreateTopic(topic, partitions);
        return kafka;
    }

    public void CreateTopic(string topic, int partitions = DefaultPartitions)
    {
        var error = With(cluster => LibrdkafkaMock.TopicCreate(cluster, topic, partitions, _brokers));
        if (error is not (int)ErrorCode.NoError and not (int)ErrorCode.TopicAlreadyExists)
            throw new InvalidOperationException($"Topic {topic} could not be created: {(ErrorCode)error}.");
    }

    /// <summary>The broker closes its connections and refuses new ones until <see cref="BringBrokerUp"/>.</summary>
    public void TakeBrokerDown(int broker = 1) => Check(With(cluster => LibrdkafkaMock.BrokerSetDown(cluster, broker)));

    public void BringBrokerUp(int broker = 1) => Check(With(cluster => LibrdkafkaMock.BrokerSetUp(cluster, broker)));

    /// <summary>Every answer of the broker takes at least this long from now on.</summary>
    public void SetRoundTrip(TimeSpan roundTrip, int broker = 1) =>
        Check(With(cluster => LibrdkafkaMock.BrokerSetRoundTrip(cluster, broker, (int)roundTrip.TotalMilliseconds)));

    /// <summary>The next requests of this kind are answered with these errors, one each, in this order.</summary>
    public void FailNext(KafkaRequest request, params ErrorCode[] errors) =>
        With(cluster =>
        {
            LibrdkafkaMock.PushRequestErrors(cluster, (short)request, (nuint)errors.Length, [.. errors.Select(error => (int)error)]);
            return 0;
        });

    public void ClearFailures(KafkaRequest request) =>
        With(cluster =>
        {
            LibrdkafkaMock.ClearRequestErrors(cluster, (short)request);
            return 0;
        });

    public void Dispose()
    {
        lock (_gate)
        {
            if (_cluster != 0)
                LibrdkafkaMock.ClusterDestroy(_cluster);
            if (_handle != 0)
                LibrdkafkaMock.Destroy(_handle);
            _cluster = _handle = 0;
        }
    }

    private int With(Func<nint, int> call)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_cluster == 0, this);
            return call(_cluster);
        }
    }

    private static void Check(int error)
    {
        if (error != 0)
            throw new InvalidOperationException($"The embedded Kafka refused: {(ErrorCode)error}.");
    }
}
