using System.Collections.Concurrent;
using MassTransit.Transports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Todo.Bus.Kafka;

/// <summary>The clients that write, by rider. The rider of the default bus owns the outbox: what waits there leaves through its clients.</summary>
internal sealed class KafkaClients(IServiceProvider services, ILogger<RecordSender> logger) : IDisposable
{
    private readonly ConcurrentDictionary<ClientChoice, RecordSender> _senders = new();

    /// <summary>Where the default bus writes.</summary>
    public ClientChoice Own { get; } = new() { Common = services.GetService<Confluent.Kafka.ClientConfig>() ?? new() };

    /// <summary>The sender of the outbox. The relay may want it before anybody has asked for the bus, whose configuration says where Kafka is.</summary>
    public IRecordSender OutboxSender()
    {
        services.GetService<IBusInstance>();
        return SenderOf(Own);
    }

    public IRecordSender SenderOf(ClientChoice choice) => _senders.GetOrAdd(choice, wanted => new RecordSender(wanted, logger));

    /// <summary>True when a rider writes to the brokers that the outbox is relayed to, so that its messages may wait there.</summary>
    public bool AreSameBrokers(ClientChoice choice) => choice == Own || choice.Common.BootstrapServers == Own.Common.BootstrapServers;

    public void Dispose()
    {
        foreach (var sender in _senders.Values)
            sender.Dispose();
    }
}
