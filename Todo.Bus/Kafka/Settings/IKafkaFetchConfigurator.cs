namespace MassTransit;

/// <summary>How much is fetched at once, and how long the broker may wait for it.</summary>
public interface IKafkaFetchConfigurator
{
    /// <summary>Client option <c>fetch.wait.max.ms</c>.</summary>
    TimeSpan? WaitMaxInterval { set; }

    /// <summary>Client option <c>max.partition.fetch.bytes</c>.</summary>
    int? MaxPartitionBytes { set; }

    /// <summary>Client option <c>fetch.max.bytes</c>.</summary>
    int? MaxBytes { set; }

    /// <summary>Client option <c>fetch.min.bytes</c>.</summary>
    int? MinBytes { set; }

    /// <summary>Client option <c>fetch.error.backoff.ms</c>.</summary>
    TimeSpan? ErrorBackoffInterval { set; }
}
