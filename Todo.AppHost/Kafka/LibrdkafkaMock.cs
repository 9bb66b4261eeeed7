using System.Runtime.InteropServices;

namespace Todo.AppHost.Kafka;

/// <summary>The part of librdkafka that Confluent's managed client does not expose: its mock cluster.</summary>
internal static partial class LibrdkafkaMock
{
    private const string Library = "librdkafka-mock";

    /// <summary>The names under which Confluent.Kafka ships the library, in the order its own loader tries them.</summary>
    private static readonly string[] Candidates = OperatingSystem.IsLinux()
        ? ["librdkafka", "centos8-librdkafka", "alpine-librdkafka"]
        : ["librdkafka"];

    static LibrdkafkaMock() =>
        NativeLibrary.SetDllImportResolver(typeof(LibrdkafkaMock).Assembly, (name, _, _) => name == Library ? Load() : 0);

    // The plain Linux build wants a libsasl2 that some distributions do not have; the next candidate then serves.
    private static nint Load()
    {
        var owner = typeof(Confluent.Kafka.Library).Assembly;
        foreach (var candidate in Candidates)
        {
            if (NativeLibrary.TryLoad(candidate, owner, DllImportSearchPath.AssemblyDirectory, out var handle)
                || NativeLibrary.TryLoad(candidate, owner, null, out handle))
                return handle;
        }

        throw new DllNotFoundException($"None of {string.Join(", ", Candidates)} could be loaded; Confluent.Kafka ships no librdkafka for this platform.");
    }

    internal static void SetOption(nint conf, string name, string value)
    {
        var error = new byte[256];
        if (ConfSet(conf, name, value, error, (nuint)error.Length) != 0)
            throw new InvalidOperationException($"librdkafka refused {name}={value}: {Text(error)}");
    }

    internal static nint NewProducer(nint conf)
    {
        const int producer = 0;
        var error = new byte[256];
        var handle = New(producer, conf, error, (nuint)error.Length);
        return handle != 0 ? handle : throw new InvalidOperationException($"librdkafka could not start: {Text(error)}");
    }

    private static string Text(byte[] zeroTerminated) =>
        System.Text.Encoding.UTF8.GetString(zeroTerminated).TrimEnd('\0');

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_new")]
    internal static partial nint ConfNew();

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_set", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ConfSet(nint conf, string name, string value, byte[] error, nuint errorSize);

    [LibraryImport(Library, EntryPoint = "rd_kafka_new")]
    private static partial nint New(int type, nint conf, byte[] error, nuint errorSize);

    [LibraryImport(Library, EntryPoint = "rd_kafka_destroy")]
    internal static partial void Destroy(nint handle);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_new")]
    internal static partial nint ClusterNew(nint handle, int brokers);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_destroy")]
    internal static partial void ClusterDestroy(nint cluster);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_bootstraps")]
    internal static partial nint Bootstraps(nint cluster);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_topic_create", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int TopicCreate(nint cluster, string topic, int partitions, int replicationFactor);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_group_initial_rebalance_delay_ms")]
    internal static partial void GroupInitialRebalanceDelay(nint cluster, int milliseconds);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_set_group_consumer_session_timeout_ms")]
    internal static partial void GroupConsumerSessionTimeout(nint cluster, int milliseconds);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_set_group_consumer_heartbeat_interval_ms")]
    internal static partial void GroupConsumerHeartbeatInterval(nint cluster, int milliseconds);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_broker_set_down")]
    internal static partial int BrokerSetDown(nint cluster, int broker);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_broker_set_up")]
    internal static partial int BrokerSetUp(nint cluster, int broker);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_broker_set_rtt")]
    internal static partial int BrokerSetRoundTrip(nint cluster, int broker, int milliseconds);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_push_request_errors_array")]
    internal static partial void PushRequestErrors(nint cluster, short apiKey, nuint count, int[] errors);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_clear_request_errors")]
    internal static partial void ClearRequestErrors(nint cluster, short apiKey);
}
