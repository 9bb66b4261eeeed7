using System.Collections.Concurrent;
using Confluent.Kafka;

namespace Todo.Bus.Kafka;

/// <summary>Which Kafka client writes to which topic: the process's one, or one of its own where AddProducer was given options.</summary>
internal sealed class ClientChoice
{
    private readonly ConcurrentDictionary<string, (ProducerConfig Config, Action<string>? Statistics)> _own = new(StringComparer.Ordinal);

    /// <summary>Gives topics without options of their own this client.</summary>
    public ClientConfig Common { get; set; } = new();

    /// <summary>Fetches a token where the brokers want OAUTHBEARER.</summary>
    public Action<IClient, string>? TokenRefresh { get; set; }

    /// <summary>True when some topic has options of its own.</summary>
    public bool HasOwn => !_own.IsEmpty;

    public void Give(string topic, ProducerConfig config, Action<string>? statistics) => _own[topic] = (config, statistics);

    /// <summary>The topics that have a client of their own.</summary>
    public bool IsOwn(string topic) => _own.ContainsKey(topic);

    /// <summary>A client for one topic; for all others without a name.</summary>
    public ProducerBuilder<byte[]?, byte[]?> Builder(string? topic)
    {
        var (own, statistics) = topic is null ? default : _own[topic];
        var builder = new ProducerBuilder<byte[]?, byte[]?>(Options(Common, own))
            .SetKeySerializer(Serializers.ByteArray!)
            .SetValueSerializer(Serializers.ByteArray!)
            .SetLogHandler((_, _) => { });
        if (statistics is not null)
            builder.SetStatisticsHandler((_, json) => statistics(json));
        if (TokenRefresh is { } refresh)
            builder.SetOAuthBearerTokenRefreshHandler((client, value) => refresh(client, value));
        return builder;
    }

    /// <summary>A producer as every topic wants it: idempotent, in order, patient, unless the settings say otherwise.</summary>
    internal static ProducerConfig Options(ClientConfig common, ProducerConfig? own)
    {
        var config = new ProducerConfig(common.Copy());
        foreach (var (option, value) in own ?? [])
            config.Set(option, value);

        config.EnableIdempotence ??= config.Acks is null or Acks.All && config.MaxInFlight is null or <= 5;
        config.Acks ??= Acks.All;
        config.LingerMs ??= 2;
        config.CompressionType ??= CompressionType.Lz4;
        config.Partitioner ??= Confluent.Kafka.Partitioner.Murmur2Random; // the partitioner of Java, Streams and kafka-python: the same key lands where theirs does
        config.QueueBufferingMaxMessages ??= 200_000;
        // Never give up on a record by the clock: at the end of an outage the first record of a key could time out while
        // the second, a moment younger, is still sent, and the first would come again behind it.
        config.MessageTimeoutMs ??= 0;
        config.DeliveryReportFields = "status";
        return config;
    }
}
