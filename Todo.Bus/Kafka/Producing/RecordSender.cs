using System.Collections.Concurrent;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Todo.Bus.Kafka;

/// <summary>Owns the clients that write: one for the process, and one for each topic that was given options of its own.</summary>
internal sealed class RecordSender : IRecordSender, IDisposable
{
    private readonly ClientChoice _clients;
    private readonly ILogger<RecordSender> _logger;
    private readonly RecordClient _common;
    private readonly ConcurrentDictionary<string, RecordClient> _own = new(StringComparer.Ordinal);

    public RecordSender(ClientChoice clients, ILogger<RecordSender> logger)
    {
        (_clients, _logger) = (clients, logger);
        _common = new RecordClient(() => clients.Builder(null), logger);
    }

    public RecordSender(ClientConfig client, ILogger<RecordSender> logger)
        : this(new ClientChoice { Common = client }, logger)
    {
    }

    public void Send(string topic, int? partition, byte[]? key, byte[]? value, Headers headers, Action<Error?> done) =>
        Of(topic).Send(topic, partition, key, value, headers, done);

    public void Flush(TimeSpan timeout)
    {
        _common.Flush(timeout);
        foreach (var client in _own.Values)
            client.Flush(timeout);
    }

    public void Dispose()
    {
        _common.Dispose();
        foreach (var client in _own.Values)
            client.Dispose();
    }

    private RecordClient Of(string topic) =>
        _clients.HasOwn && _clients.IsOwn(topic) ? _own.GetOrAdd(topic, name => new RecordClient(() => _clients.Builder(name), _logger)) : _common;
}
