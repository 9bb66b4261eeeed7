using Confluent.Kafka;
using MassTransit.KafkaIntegration;
using MassTransit.KafkaIntegration.Serializers;

namespace MassTransit;

/// <summary>Configures how a topic is read by a group. Names are those of MassTransit's Kafka rider; what is ours alone says so.</summary>
public interface IKafkaTopicReceiveEndpointConfigurator : IReceiveEndpointConfigurator
{
    /// <summary>Where a group without committed offsets starts. Default: earliest.</summary>
    AutoOffsetReset? AutoOffsetReset { set; }

    /// <summary>Names this member of the group for static membership (KIP-345); numbered where there are several consumers.</summary>
    string GroupInstanceId { set; }

    /// <summary>Where every assigned partition starts, whatever was committed. What was handled already is read and dropped.</summary>
    long Offset { set; }

    /// <summary>How often stored offsets are committed. Default: one second. A crash costs reading again, not a second effect.</summary>
    TimeSpan CheckpointInterval { set; }

    /// <summary>The most records read ahead of the handled ones, all partitions together; the same as PrefetchCount.</summary>
    ushort MessageLimit { set; }

    /// <summary>Ignored: offsets are committed by time alone.</summary>
    ushort CheckpointMessageCount { set; }

    /// <summary>How many Kafka consumers this process puts into the group, each with lanes of its own. Default: 1.</summary>
    ushort ConcurrentConsumerLimit { set; }

    /// <summary>How many messages of one lane are handled at once. Default: 1. More gives up the order per key and the shared transaction; <c>Batch&lt;T&gt;</c> consumers need it.</summary>
    int ConcurrentDeliveryLimit { set; }

    /// <summary>Default: cooperative-sticky. Ignored with the consumer protocol of KIP-848.</summary>
    PartitionAssignmentStrategy? PartitionAssignmentStrategy { set; }

    /// <summary>How long a silent member stays in the group.</summary>
    TimeSpan? SessionTimeout { set; }

    /// <summary>How often a member says that it lives.</summary>
    TimeSpan? HeartbeatInterval { set; }

    /// <summary>Client option <c>group.protocol.type</c>.</summary>
    string GroupProtocolType { set; }

    /// <summary>Client option <c>coordinator.query.interval.ms</c>.</summary>
    TimeSpan? CoordinatorQueryInterval { set; }

    /// <summary>The longest pause between polls before the member is taken for dead.</summary>
    TimeSpan? MaxPollInterval { set; }

    /// <summary>Ignored: an offset is stored when its record has had its effect, never before.</summary>
    bool? EnableAutoOffsetStore { set; }

    /// <summary>Client option <c>queued.min.messages</c>.</summary>
    int? QueuedMinMessages { set; }

    /// <summary>Client option <c>queued.max.messages.kbytes</c>. Default: 32 MB.</summary>
    int? QueuedMaxMessagesKbytes { set; }

    /// <summary>Client option <c>enable.partition.eof</c>. The end of a partition is no message here.</summary>
    bool? EnablePartitionEof { set; }

    /// <summary>Client option <c>check.crcs</c>.</summary>
    bool? CheckCrcs { set; }

    /// <summary>How much is fetched at once.</summary>
    void ConfigureFetch(Action<IKafkaFetchConfigurator> configure);

    /// <summary>Whether uncommitted transactional records are read.</summary>
    void UseIsolationLevel(IsolationLevel isolationLevel);

    /// <summary>Reads record headers.</summary>
    void SetHeadersDeserializer(IHeadersDeserializer deserializer);

    /// <summary>Hears of every commit of offsets, on the polling thread.</summary>
    void SetOffsetsCommittedHandler(Action<CommittedOffsets> offsetsCommittedHandler);

    /// <summary>Hears the client's statistics, JSON, every <c>statistics.interval.ms</c>, on the polling thread.</summary>
    void SetStatisticsHandler(Action<string> statisticsHandler);

    /// <summary>Creates the topic before reading it, where it is not there and the broker lets us. Otherwise the endpoint waits for it, degraded.</summary>
    void CreateIfMissing(Action<KafkaTopicOptions>? configure = default);

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

/// <summary>Configures how a topic of one key and message type is read.</summary>
public interface IKafkaTopicReceiveEndpointConfigurator<TKey, TValue> : IKafkaTopicReceiveEndpointConfigurator
    where TValue : class
{
    /// <summary>Reads keys, when a consumer asks for one. Default: from text; objects from JSON.</summary>
    void SetKeyDeserializer(IDeserializer<TKey> deserializer);

    /// <summary>Reads every value. Default: CloudEvents and MassTransit's plain JSON. What it cannot read becomes a dead letter.</summary>
    void SetValueDeserializer(IDeserializer<TValue> deserializer);
}
