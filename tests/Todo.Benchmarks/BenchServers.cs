using Todo.AppHost.Kafka;
using Todo.AppHost.Postgres;

namespace Todo.Benchmarks;

/// <summary>The servers a benchmark runs against: TODO_KAFKA and TODO_POSTGRES when set, else the embedded Kafka and a durable Postgres (fsync on) of its own.</summary>
internal sealed class BenchServers : IAsyncDisposable
{
    private readonly EmbeddedKafka? _kafka;
    private readonly PostgresCluster? _postgres;

    private BenchServers(string bootstrapServers, string connectionString, EmbeddedKafka? kafka, PostgresCluster? postgres) =>
        (BootstrapServers, ConnectionString, _kafka, _postgres) = (bootstrapServers, connectionString, kafka, postgres);

    public string BootstrapServers { get; }

    public string ConnectionString { get; }

    /// <summary>What to set Kafka:GroupProtocol to.</summary>
    public string GroupProtocol => _kafka is null ? "Classic" : "Consumer";

    public static async Task<BenchServers> StartAsync(params string[] topics)
    {
        var kafka = Environment.GetEnvironmentVariable("TODO_KAFKA") is null ? EmbeddedKafka.Start(topics) : null;
        var postgres = Environment.GetEnvironmentVariable("TODO_POSTGRES") is null
            ? await PostgresCluster.StartAsync(new PostgresSettings(Path.Combine(Path.GetTempPath(), $"todo-bench-{Guid.NewGuid():N}")) { Temporary = true })
            : null;
        return new BenchServers(
            kafka?.BootstrapServers ?? Environment.GetEnvironmentVariable("TODO_KAFKA")!,
            postgres?.ConnectionString ?? Environment.GetEnvironmentVariable("TODO_POSTGRES")!,
            kafka, postgres);
    }

    public void CreateTopic(string topic) => _kafka?.CreateTopic(topic);

    public async ValueTask DisposeAsync()
    {
        _kafka?.Dispose();
        if (_postgres is not null)
            await _postgres.DisposeAsync();
    }
}
