using Confluent.Kafka;
using MassTransit;
using MassTransit.Configuration;
using MassTransit.KafkaIntegration;
using MassTransit.KafkaIntegration.Serializers;
using MassTransit.Transports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Todo.Bus.Batching;
using Todo.Bus.Envelope;
using Todo.Bus.Outbox;
using Todo.Bus.Scheduling;

namespace Todo.Bus.Kafka;

/// <summary>Collects what a topic endpoint consumes and builds it on MassTransit's own pipe, so filters, observers and the test harness work as in the manual.</summary>
internal class TopicEndpointConfiguration : ReceiveEndpointConfiguration, IKafkaTopicReceiveEndpointConfigurator
{
    private readonly IBusInstance _bus;
    private readonly IReceiveEndpointConfiguration _endpoint;
    private readonly IServiceProvider _services;
    private readonly TopicEndpointSettings _settings;
    private readonly WantedMessages _wanted;

    public TopicEndpointConfiguration(IBusInstance bus, IReceiveEndpointConfiguration endpoint, IServiceProvider services, TopicEndpointSettings settings)
        : base(bus.HostConfiguration, endpoint)
    {
        (_bus, _endpoint, _services, _settings) = (bus, endpoint, services, settings);
        _wanted = new WantedMessages(services);
        ConnectConsumerConfigurationObserver(_wanted);
        ConnectSagaConfigurationObserver(_wanted);
        ConnectHandlerConfigurationObserver(_wanted);
        var turns = new OneAtATime();
        ConnectConsumerConfigurationObserver(turns);
        ConnectHandlerConfigurationObserver(turns);

        // A failure must reach the batch, which retries and writes dead letters; the default would log and forget it.
        this.RethrowFaultedMessages();
        this.DiscardSkippedMessages();
        PublishFaults = false;
        AddPrePipeSpecification(new TimerSchedulerSpecification(services));
    }

    public TopicEndpointSettings Settings => _settings;

    protected IHeadersDeserializer? HeadersDeserializer { get; set; }

    public override Uri HostAddress => _endpoint.HostAddress;

    public override Uri InputAddress => _endpoint.InputAddress;

    public AutoOffsetReset? AutoOffsetReset { set => _settings.Config.AutoOffsetReset = value; }

    public string GroupInstanceId { set => _settings.Config.GroupInstanceId = value; }

    public PartitionAssignmentStrategy? PartitionAssignmentStrategy { set => _settings.Config.PartitionAssignmentStrategy = value; }

    public TimeSpan? SessionTimeout { set => _settings.Config.SessionTimeoutMs = value.Milliseconds(); }

    public TimeSpan? HeartbeatInterval { set => _settings.Config.HeartbeatIntervalMs = value.Milliseconds(); }

    public TimeSpan? MaxPollInterval { set => _settings.Config.MaxPollIntervalMs = value.Milliseconds(); }

    public TimeSpan CheckpointInterval { set => _settings.Config.AutoCommitIntervalMs = (int)value.TotalMilliseconds; }

    public long Offset { set => _settings.Offset = value; }

    public ushort MessageLimit { set => _settings.Prefetch = value; }

    public ushort CheckpointMessageCount { set { } }

    public ushort ConcurrentConsumerLimit { set => _settings.ConsumerCount = Math.Max((ushort)1, value); }

    public int ConcurrentDeliveryLimit
    {
        set
        {
            _settings.DeliveryCount = Math.Max(1, value);
            if (value <= 1)
                return;
            _settings.Transactional = false;
            _settings.BatchSize = Math.Max(_settings.BatchSize, value);
        }
    }

    public string GroupProtocolType { set => _settings.Config.GroupProtocolType = value; }

    public TimeSpan? CoordinatorQueryInterval { set => _settings.Config.CoordinatorQueryIntervalMs = value.Milliseconds(); }

    public bool? EnableAutoOffsetStore { set { } }

    public int? QueuedMinMessages { set => _settings.Config.QueuedMinMessages = value; }

    public int? QueuedMaxMessagesKbytes { set => _settings.Config.QueuedMaxMessagesKbytes = value; }

    public bool? EnablePartitionEof { set => _settings.Config.EnablePartitionEof = value; }

    public bool? CheckCrcs { set => _settings.Config.CheckCrcs = value; }

    public int BatchSize { set => _settings.BatchSize = value; }

    public bool InboxByPosition { set => _settings.InboxByPosition = value; }

    public bool Transactional { set => _settings.Transactional = value; }

    public IReadOnlyList<TimeSpan> Retries { set => _settings.Retries = value; }

    public bool UseConsumerProtocol { set => _settings.Config.GroupProtocol = value ? GroupProtocol.Consumer : GroupProtocol.Classic; }

    public new int PrefetchCount
    {
        get => _settings.Prefetch;
        set => _settings.Prefetch = value;
    }

    public new int? ConcurrentMessageLimit
    {
        get => _settings.LaneCount;
        set => _settings.LaneCount = value ?? _settings.LaneCount;
    }

    public void ConfigureFetch(Action<IKafkaFetchConfigurator> configure) => ClientSettings.Fetch(_settings.Config, configure);

    public void SetHeadersDeserializer(IHeadersDeserializer deserializer) => HeadersDeserializer = deserializer;

    public void SetOffsetsCommittedHandler(Action<CommittedOffsets> offsetsCommittedHandler) => _settings.OffsetsCommitted = offsetsCommittedHandler;

    public void SetStatisticsHandler(Action<string> statisticsHandler) => _settings.Statistics = statisticsHandler;

    public void CreateIfMissing(Action<KafkaTopicOptions>? configure = default)
    {
        if (_settings.IsPattern)
            throw new ConfigurationException($"{_settings.Topic} is a pattern and cannot be created.");
        _settings.Missing = new KafkaTopicOptions(_settings.Topic);
        configure?.Invoke(_settings.Missing);
    }

    public void UseIsolationLevel(IsolationLevel isolationLevel) => _settings.Config.IsolationLevel = isolationLevel;

    public void SendTimersTo(string topic) => _settings.TimerTopic = topic;

    public override ReceiveEndpointContext CreateReceiveEndpointContext()
    {
        ApplySpecifications(new ReceiveEndpointBuilder(this));
        return new TopicEndpointContext(_bus, this);
    }

    public ReceiveEndpoint Build()
    {
        var context = CreateReceiveEndpointContext();
        context.GetOrAddPayload(() => _bus.HostConfiguration.Topology);

        var logger = _services.GetRequiredService<ILoggerFactory>().CreateLogger("Todo.Bus.Kafka");
        var source = _services.GetService<NpgsqlDataSource>();
        if (source is null && _settings.Transactional)
        {
            KafkaLog.NoDatabase(logger, _settings.Topic, _settings.GroupId);
            _settings.Transactional = false;
        }

        var clock = _services.GetService<TimeProvider>() ?? TimeProvider.System;
        var types = _services.GetRequiredService<MessageTypes>();
        foreach (var wanted in _wanted.Types)
            types.NameOf(wanted); // also a process that only listens must know the names of what it listens to
        var reader = CreateReader(types, _wanted.Types);
        var outbox = _services.GetRequiredService<OutboxSignal>();
        var dispatcher = context.CreateReceivePipeDispatcher();
        var runner = new BatchRunner(
            source, _settings, context, dispatcher, reader, new TopicAddresses(HostAddress), [.. _wanted.Sagas()],
            outbox, _services.GetRequiredService<TimerSignal>(), _services, logger);
        var letters = new DeadLetterWriter(source, _settings, outbox, logger);
        IReadOnlyList<KeyLane> Lanes() => [.. Enumerable.Range(0, _settings.LaneCount).Select(_ => new KeyLane(reader, runner, letters, _settings, clock, logger))];
        var lanes = Enumerable.Range(0, _settings.ConsumerCount).Select(_ => Lanes()).ToList();
        return new ReceiveEndpoint(new TopicTransport(_settings, context, lanes, source, _bus.HostConfiguration.ReceiveLogContext, _services.GetRequiredService<RunningConsumers>(), logger), context);
    }

    /// <summary>How this endpoint reads its records.</summary>
    protected virtual RecordReader CreateReader(MessageTypes types, IReadOnlySet<Type> wanted) => new(types, wanted, _settings) { Headers = HeadersDeserializer };
}

/// <summary>A topic of one key and message type.</summary>
internal sealed class TopicEndpointConfiguration<TKey, TValue> : TopicEndpointConfiguration, IKafkaTopicReceiveEndpointConfigurator<TKey, TValue>
    where TValue : class
{
    private IDeserializer<TKey>? _keys;
    private IDeserializer<TValue>? _values;

    public TopicEndpointConfiguration(IBusInstance bus, IReceiveEndpointConfiguration endpoint, IServiceProvider services, TopicEndpointSettings settings, EndpointDefaults defaults)
        : base(bus, endpoint, services, settings)
    {
        HeadersDeserializer = defaults.HeadersDeserializer;
        _keys = defaults.Serializers?.GetDeserializer<TKey>();
        _values = defaults.Serializers?.GetDeserializer<TValue>();
    }

    public void SetKeyDeserializer(IDeserializer<TKey> deserializer) => _keys = deserializer;

    public void SetValueDeserializer(IDeserializer<TValue> deserializer) => _values = deserializer;

    protected override RecordReader CreateReader(MessageTypes types, IReadOnlySet<Type> wanted) =>
        new TypedRecordReader<TKey, TValue>(types, wanted, Settings, _keys, _values) { Headers = HeadersDeserializer };
}
