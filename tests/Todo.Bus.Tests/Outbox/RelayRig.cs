using System.Text;
using Confluent.Kafka;
using Npgsql;
using Todo.Bus.Kafka;
using Todo.Bus.Outbox;
using Todo.Bus.Tests.Storage;

namespace Todo.Bus.Tests.Outbox;

/// <summary>A relay as one process has it: its own producer, its own pool, its own signal.</summary>
internal sealed class RelayRig : IAsyncDisposable
{
    private readonly OutboxRelay _relay;
    private readonly RecordSender _sender;
    private readonly NpgsqlDataSource _source;

    private RelayRig(string database, string kafka)
    {
        _source = NpgsqlDataSource.Create(database);
        _sender = new RecordSender(new ClientConfig { BootstrapServers = kafka }, new TestLogger<RecordSender>());
        _relay = new OutboxRelay(_source, _sender, Signal, TimeProvider.System, new TestLogger<OutboxRelay>());
    }

    public OutboxSignal Signal { get; } = new();

    public static async Task<RelayRig> StartAsync(string database, string kafka)
    {
        var rig = new RelayRig(database, kafka);
        await rig._relay.StartAsync(CancellationToken.None);
        return rig;
    }

    public static OutboxRow Row(string topic, string key, string value) =>
        new(topic, null, Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(value), """{"content-type":"text/plain"}""", Guid.CreateVersion7(), "test");

    public async ValueTask DisposeAsync()
    {
        await _relay.StopAsync(CancellationToken.None);
        _relay.Dispose();
        _sender.Dispose();
        Signal.Dispose();
        await _source.DisposeAsync();
    }
}
