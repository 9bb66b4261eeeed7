namespace MassTransit.KafkaIntegration;

/// <summary>How a missing topic is created.</summary>
public class KafkaTopicOptions(string topicName)
{
    /// <summary>The topic.</summary>
    public string TopicName { get; } = topicName;

    /// <summary>Default: 1.</summary>
    public ushort NumPartitions { internal get; set; } = 1;

    /// <summary>Default: 1.</summary>
    public short ReplicationFactor { internal get; set; } = 1;

    /// <summary>How long the brokers may take. Default: 5 seconds.</summary>
    public TimeSpan RequestTimeout { internal get; set; } = TimeSpan.FromSeconds(5);
}
