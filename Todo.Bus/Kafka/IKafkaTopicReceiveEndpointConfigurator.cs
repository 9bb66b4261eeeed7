using Confluent.Kafka;

namespace MassTransit;

/// <summary>Configures how a topic is read by a group. Names are those of MassTransit's Kafka rider; what is ours alone says so.</summary>
public interface IKafkaTopicReceiveEndpointConfigurator : IReceiveEndpointConfigurator
{
    /// <summary>Where a group without committed offsets starts. Default: earliest.</summary>
    AutoOffsetReset? AutoOffsetReset { set; }

    /// <summary>Names this member of the group for static membership (KIP-345).</summary>
    string GroupInstanceId { set; }

    /// <summary>Default: cooperative-sticky. Ignored with the consumer protocol of KIP-848.</summary>
    PartitionAssignmentStrategy? PartitionAssignmentStrategy { set; }

    /// <summary>How long a silent member stays in the group.</summary>
    TimeSpan? SessionTimeout { set; }

    /// <summary>How often a member says that it lives.</summary>
    TimeSpan? HeartbeatInterval { set; }

    /// <summary>The longest pause between polls before the member is taken for dead.</summary>
    TimeSpan? MaxPollInterval { set; }

    /// <summary>How often stored offsets are committed. Default: one second.</summary>
    TimeSpan CheckpointInterval { set; }

    /// <summary>Whether uncommitted transactional records are read.</summary>
    void UseIsolationLevel(IsolationLevel isolationLevel);

    /// <summary>Ours: the most messages handled in one transaction, 1 to 1,000. Default: 200.</summary>
    int BatchSize { set; }

    /// <summary>Ours: true (the default) when effects, inbox, outbox and timers share one transaction; false for a feed whose loss is harmless.</summary>
    bool Transactional { set; }

    /// <summary>
    /// Ours: true where writers who do not trust each other choose the ids, so that nobody's id can hide somebody else's message:
    /// every record is handled once, and what counts as a repetition is the consumer's business. Default: false.
    /// </summary>
    bool InboxByPosition { set; }

    /// <summary>Ours: pauses between attempts; after the last the message is a dead letter. Default: 100 ms, 1 s, 5 s.</summary>
    IReadOnlyList<TimeSpan> Retries { set; }

    /// <summary>Ours: the consumer protocol of KIP-848, where the brokers know it.</summary>
    bool UseConsumerProtocol { set; }

    /// <summary>Ours: the topic on which a saga's timeouts come back. Default: the topic the message came from.</summary>
    void SendTimersTo(string topic);
}
