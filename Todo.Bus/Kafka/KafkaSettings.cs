using Confluent.Kafka;
using Microsoft.Extensions.Configuration;

namespace Todo.Bus.Kafka;

/// <summary>How every process finds and enters Kafka: the configuration section <c>Kafka</c>, bound to the client's own options.</summary>
public static class KafkaSettings
{
    /// <summary>Reads the section; any option of <see cref="ClientConfig"/> may stand there under its own name.</summary>
    public static ClientConfig ReadKafka(this IConfiguration configuration)
    {
        var config = configuration.GetSection("Kafka").Get<ClientConfig>() ?? new ClientConfig();
        config.BootstrapServers ??= "localhost:9092";
        config.TopicMetadataRefreshIntervalMs ??= 30_000;
        return config;
    }
}
