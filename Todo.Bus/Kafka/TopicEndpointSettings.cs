using Confluent.Kafka;
using MassTransit.KafkaIntegration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Todo.Bus.Kafka;

/// <summary>How one topic endpoint reads. Defaults suit a group that must not lose or repeat an effect.</summary>
internal sealed class TopicEndpointSettings
{
    private readonly TaskCompletionSource _missing = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public required string Topic { get; init; }

    public required string GroupId { get; init; }

    /// <summary>The name dead letters, inbox rows and people use; the group id unless every replica has a group of its own.</summary>
    public required string Consumer { get; init; }

    /// <summary>The name in the inbox: an event is handled once by each endpoint, so that one group may read the same event on two topics.</summary>
    public string Inbox => $"{Consumer} {Topic}";

    public required ConsumerConfig Config { get; init; }

    /// <summary>True when the topic is a regular expression, and every topic it matches is read.</summary>
    public bool IsPattern => Topic.StartsWith('^');

    /// <summary>Where every partition starts; unset lets the committed offsets count.</summary>
    public Offset Offset { get; set; } = Offset.Unset;

    /// <summary>How many consumers this process puts into the group.</summary>
    public int ConsumerCount { get; set; } = 1;

    /// <summary>How many messages of a lane are handled at once; more than one gives up the shared transaction and the order.</summary>
    public int DeliveryCount { get; set; } = 1;

    /// <summary>What to create before reading; null when the topic is somebody else's business.</summary>
    public KafkaTopicOptions? Missing { get; set; }

    /// <summary>True while the brokers say that the topic does not exist.</summary>
    public bool WaitsForTopic
    {
        get => Volatile.Read(ref field);
        set
        {
            Volatile.Write(ref field, value);
            if (value)
                _missing.TrySetResult();
        }
    }

    /// <summary>Complete once the brokers have said that the topic does not exist.</summary>
    public Task TopicIsMissing => _missing.Task;

    public Action<CommittedOffsets>? OffsetsCommitted { get; set; }

    public Action<string>? Statistics { get; set; }

    public Action<IClient, string>? TokenRefresh { get; set; }

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

    /// <summary>The defaults, then the rider's client options, then those of the group in the configuration, then the endpoint's own.</summary>
    public static TopicEndpointSettings Create(IServiceProvider services, EndpointDefaults defaults, string topic, string groupId, string consumer, ConsumerConfig? own = null)
    {
        var configuration = services.GetService<IConfiguration>() ?? new ConfigurationBuilder().Build();
        var config = new ConsumerConfig(defaults.Client.Copy())
        {
            AutoOffsetReset = AutoOffsetReset.Earliest,
            AutoCommitIntervalMs = 1_000,
            AllowAutoCreateTopics = true,
            FetchWaitMaxMs = configuration.GetValue("Kafka:FetchWaitMaxMs", 100), // the embedded Kafka answers an empty fetch only when this is over
            QueuedMaxMessagesKbytes = 32 * 1024,
        };
        if (Enum.TryParse<GroupProtocol>(configuration["Kafka:GroupProtocol"], ignoreCase: true, out var protocol) && protocol == GroupProtocol.Consumer)
        {
            config.GroupProtocol = GroupProtocol.Consumer; // KIP-848: the broker assigns, and knows who is alive
        }
        else
        {
            config.PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky;
            config.SessionTimeoutMs = 10_000; // a killed worker's reminders should not wait longer than that
        }

        foreach (var (option, value) in (configuration.GetSection($"Kafka:Groups:{consumer}").Get<ConsumerConfig>() ?? []).Concat(own ?? []))
            config.Set(option, value);
        config.GroupId = groupId;
        config.EnableAutoOffsetStore = false; // the tracker stores an offset once its record is settled …
        config.EnableAutoCommit = true; // … and the client commits what is stored, on its interval and before it gives a partition away
        return new TopicEndpointSettings { Topic = topic, GroupId = groupId, Consumer = consumer, Config = config, TokenRefresh = defaults.TokenRefresh };
    }

    /// <summary>The options of one of the endpoint's consumers.</summary>
    public ConsumerConfig ConfigOf(int consumer)
    {
        var config = new ConsumerConfig(Config.Where(IsOurs).ToDictionary());
        if (ConsumerCount > 1 && Config.GroupInstanceId is { } instance)
            config.GroupInstanceId = $"{instance}{consumer:00}";
        return config;
    }

    /// <summary>A pattern does not read what was given up on the topics it matches, or each failure would breed the next; unless it asks for it by name.</summary>
    public bool PassesBy(string topic) =>
        IsPattern && topic.EndsWith(".dead-letter", StringComparison.Ordinal) && !Topic.Contains("dead", StringComparison.Ordinal);

    /// <summary>By the consumer protocol some options are the broker's business, and the client refuses to hear of them.</summary>
    private bool IsOurs(KeyValuePair<string, string> option) =>
        Config.GroupProtocol != GroupProtocol.Consumer
        || option.Key is not ("session.timeout.ms" or "heartbeat.interval.ms" or "partition.assignment.strategy" or "group.protocol.type");
}
