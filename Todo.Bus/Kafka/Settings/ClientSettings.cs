using Confluent.Kafka;
using MassTransit;

namespace Todo.Bus.Kafka;

/// <summary>Writes what the nested configurators say into the client's own options.</summary>
internal static class ClientSettings
{
    /// <summary>A copy that may be changed without its owner seeing it.</summary>
    public static ClientConfig Copy(this ClientConfig config) => new(config.ToDictionary(pair => pair.Key, pair => pair.Value));

    public static int? Milliseconds(this TimeSpan? time) => time is { } value ? (int)value.TotalMilliseconds : null;

    public static void Api(ClientConfig config, Action<IKafkaApiConfigurator> configure) => configure(new ApiSettings(config));

    public static void Socket(ClientConfig config, Action<IKafkaSocketConfigurator> configure) => configure(new SocketSettings(config));

    public static void Fetch(ConsumerConfig config, Action<IKafkaFetchConfigurator> configure) => configure(new FetchSettings(config));
}

internal sealed class ApiSettings(ClientConfig config) : IKafkaApiConfigurator
{
    public bool? Request { set => config.ApiVersionRequest = value; }

    public TimeSpan? RequestTimeout { set => config.ApiVersionRequestTimeoutMs = value.Milliseconds(); }

    public TimeSpan? FallbackTimeout { set => config.ApiVersionFallbackMs = value.Milliseconds(); }

    public string BrokerVersionFallback { set => config.BrokerVersionFallback = value; }
}

internal sealed class SocketSettings(ClientConfig config) : IKafkaSocketConfigurator
{
    public TimeSpan? Timeout { set => config.SocketTimeoutMs = value.Milliseconds(); }

    public int? SendBufferBytes { set => config.SocketSendBufferBytes = value; }

    public int? ReceiveBufferBytes { set => config.SocketReceiveBufferBytes = value; }

    public bool? KeepaliveEnable { set => config.SocketKeepaliveEnable = value; }

    public bool? NagleDisable { set => config.SocketNagleDisable = value; }

    public int? MaxFails { set => config.SocketMaxFails = value; }
}

internal sealed class FetchSettings(ConsumerConfig config) : IKafkaFetchConfigurator
{
    public TimeSpan? WaitMaxInterval { set => config.FetchWaitMaxMs = value.Milliseconds(); }

    public int? MaxPartitionBytes { set => config.MaxPartitionFetchBytes = value; }

    public int? MaxBytes { set => config.FetchMaxBytes = value; }

    public int? MinBytes { set => config.FetchMinBytes = value; }

    public TimeSpan? ErrorBackoffInterval { set => config.FetchErrorBackoffMs = value.Milliseconds(); }
}
