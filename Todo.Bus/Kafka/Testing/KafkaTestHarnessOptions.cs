namespace MassTransit;

/// <summary>What to do with Kafka before a test begins.</summary>
public class KafkaTestHarnessOptions
{
    /// <summary>Partitions of topics created. Default: 1.</summary>
    public int Partitions { get; set; } = 1;

    /// <summary>Replicas of topics created. Default: 1.</summary>
    public short Replicas { get; set; } = 1;

    /// <summary>The topics of the test.</summary>
    public IReadOnlyList<string> TopicNames { get; set; } = [];

    /// <summary>Creates those that are not there. Where the broker does not serve that, the first message makes them appear.</summary>
    public bool CreateTopicsIfNotExists { get; set; }

    /// <summary>Deletes those that are there first, where the broker lets us.</summary>
    public bool CleanTopicsOnStart { get; set; }
}
