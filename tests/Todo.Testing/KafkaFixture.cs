using System.Runtime.CompilerServices;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Testcontainers.Kafka;
using Todo.AppHost.Kafka;
using Xunit;

namespace Todo.Testing;

/// <summary>One Kafka for the test process. Tests keep apart by topics and groups of their own: <see cref="CreateTopicAsync"/>.</summary>
/// <remarks>
/// The broker is the one of TODO_KAFKA (host:port) when set, else a container where an engine answers, else the embedded
/// one. Use it as <c>IClassFixture&lt;KafkaFixture&gt;</c>; all instances share the broker. Tests that break things take a
/// <see cref="FaultyKafka"/> of their own.
/// </remarks>
public sealed class KafkaFixture : IAsyncLifetime
{
    private static readonly Lazy<Task<(string Bootstrap, EmbeddedKafka? Embedded)>> Server = new(StartServerAsync);
    private static readonly string Run = Guid.NewGuid().ToString("N")[..6];
    private static int _names;

    private EmbeddedKafka? _embedded;

    public string BootstrapServers { get; private set; } = "";

    public async ValueTask InitializeAsync() => (BootstrapServers, _embedded) = await Server.Value;

    /// <summary>Makes a topic whose name nobody else has, such as <c>task-events.ordertests-4f2a10-3</c>, and returns the name.</summary>
    public async Task<string> CreateTopicAsync(string name = "topic", int partitions = 12, [CallerFilePath] string callerFile = "")
    {
        var topic = UniqueName(name, callerFile);
        if (_embedded is not null)
        {
            _embedded.CreateTopic(topic, partitions);
            return topic;
        }

        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = BootstrapServers }).Build();
        await admin.CreateTopicsAsync([new TopicSpecification { Name = topic, NumPartitions = partitions, ReplicationFactor = 1 }]);
        return topic;
    }

    /// <summary>A name for a topic or a group that no other test, process or earlier run uses.</summary>
    public static string UniqueName(string name, [CallerFilePath] string callerFile = "")
    {
        var caller = Path.GetFileNameWithoutExtension(callerFile.Replace('\\', '/')).ToLowerInvariant();
        return $"{name}.{caller}-{Run}-{Interlocked.Increment(ref _names)}";
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task<(string, EmbeddedKafka?)> StartServerAsync()
    {
        if (Environment.GetEnvironmentVariable("TODO_KAFKA") is { Length: > 0 } given)
            return (given, null);

        if (await ContainerEngine.IsThereAsync() && await TryStartContainerAsync() is { } container)
            return (container, null);

        var embedded = EmbeddedKafka.Start([]);
        return (embedded.BootstrapServers, embedded);
    }

    private static async Task<string?> TryStartContainerAsync()
    {
        try
        {
            var container = new KafkaBuilder("apache/kafka:4.1.0").Build();
            await container.StartAsync();
            return container.GetBootstrapAddress();
        }
        catch (Exception e)
        {
            await Console.Error.WriteLineAsync($"Kafka: the container did not start ({e.Message}); using the embedded one instead.");
            return null;
        }
    }
}
