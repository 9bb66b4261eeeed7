using Confluent.Kafka;

namespace Todo.Bus.Kafka;

/// <summary>How one topic endpoint reads. Defaults suit a group that must not lose or repeat an effect.</summary>
internal sealed class TopicEndpointSettings
{
    public required string Topic { get; init; }

    public required string GroupId { get; init; }

    /// <summary>The name dead letters, inbox rows and people use; the group id unless every replica has a group of its own.</summary>
    public required string Consumer { get; init; }

    public ConsumerConfig Config { get; init; } = new();

    /// <summary>The type of records that do not say theirs.</summary>
    public Type? DefaultType { get; init; }

    /// <summary>Effects, inbox, outbox and timers share one transaction. Off for a feed whose loss is harmless.</summary>
    public bool Transactional { get; set; } = true;

    /// <summary>The inbox knows records by their place, not by the id their writers chose.</summary>
    public bool InboxByPosition { get; set; }

    /// <summary>Where a saga's timeouts come back.</summary>
    public string? TimerTopic { get; set; }

    /// <summary>The most messages handled in one transaction.</summary>
    public int BatchSize { get; set; } = 200;

    /// <summary>How many lanes handle keys in parallel.</summary>
    public int LaneCount { get; set; } = Math.Clamp(Environment.ProcessorCount * 2, 4, 16);

    /// <summary>Records read ahead; beyond it the partitions are paused, and polling goes on.</summary>
    public int Prefetch { get; set; } = 4_000;

    /// <summary>Pauses between attempts; after the last the message is a dead letter.</summary>
    public IReadOnlyList<TimeSpan> Retries { get; set; } = [TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)];

    /// <summary>How long a revoked partition may wait for batches that are being handled.</summary>
    public TimeSpan RevokeDeadline { get; set; } = TimeSpan.FromSeconds(10);
}
