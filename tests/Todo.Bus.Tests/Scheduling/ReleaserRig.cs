using System.Text;
using Confluent.Kafka;
using Npgsql;
using Todo.Bus.Kafka;
using Todo.Bus.Outbox;
using Todo.Bus.Scheduling;
using Todo.Bus.Tests.Storage;

namespace Todo.Bus.Tests.Scheduling;

/// <summary>A timer releaser as one process has it.</summary>
internal sealed class ReleaserRig : IAsyncDisposable
{
    private readonly TimerReleaser _releaser;
    private readonly RecordSender _sender;
    private readonly NpgsqlDataSource _source;

    public ReleaserRig(string database, string kafka, TimeProvider clock)
    {
        _source = NpgsqlDataSource.Create(database);
        _sender = new RecordSender(new ClientConfig { BootstrapServers = kafka }, new TestLogger<RecordSender>());
        Release = new TimerRelease(_source, _sender, clock, new TestLogger<TimerRelease>());
        _releaser = new TimerReleaser(_source, Release, Signal, clock, new TestLogger<TimerReleaser>());
    }

    public TimerSignal Signal { get; } = new();

    public TimerRelease Release { get; }

    public static async Task<ReleaserRig> StartAsync(string database, string kafka, TimeProvider clock)
    {
        var rig = new ReleaserRig(database, kafka, clock);
        await rig._releaser.StartAsync(CancellationToken.None);
        return rig;
    }

    public static TimerRow Timer(string topic, string key, string value, DateTimeOffset dueAt, Guid? token = null) =>
        new(
            token ?? Guid.CreateVersion7(),
            dueAt,
            new OutboxRow(topic, null, Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(value), "{}", Guid.CreateVersion7(), "test"),
            null,
            "tests");

    public async ValueTask DisposeAsync()
    {
        await _releaser.StopAsync(CancellationToken.None);
        _releaser.Dispose();
        _sender.Dispose();
        Release.Dispose();
        Signal.Dispose();
        await _source.DisposeAsync();
    }
}
