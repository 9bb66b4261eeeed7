using Confluent.Kafka;
using MassTransit;
using MassTransit.Configuration;
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
internal sealed class TopicEndpointConfiguration : ReceiveEndpointConfiguration, IKafkaTopicReceiveEndpointConfigurator
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

        // A failure must reach the batch, which retries and writes dead letters; the default would log and forget it.
        this.RethrowFaultedMessages();
        this.DiscardSkippedMessages();
        PublishFaults = false;
        AddPrePipeSpecification(new TimerSchedulerSpecification(services));
    }

    public override Uri HostAddress => _endpoint.HostAddress;

    public override Uri InputAddress => _endpoint.InputAddress;

    public AutoOffsetReset? AutoOffsetReset { set => _settings.Config.AutoOffsetReset = value; }

    public string GroupInstanceId { set => _settings.Config.GroupInstanceId = value; }

    public PartitionAssignmentStrategy? PartitionAssignmentStrategy { set => _settings.Config.PartitionAssignmentStrategy = value; }

    public TimeSpan? SessionTimeout { set => _settings.Config.SessionTimeoutMs = Milliseconds(value); }

    public TimeSpan? HeartbeatInterval { set => _settings.Config.HeartbeatIntervalMs = Milliseconds(value); }

    public TimeSpan? MaxPollInterval { set => _settings.Config.MaxPollIntervalMs = Milliseconds(value); }

    public TimeSpan CheckpointInterval { set => _settings.Config.AutoCommitIntervalMs = Milliseconds(value); }

    public int BatchSize { set => _settings.BatchSize = value; }

    public bool InboxByPosition { set => _settings.InboxByPosition = value; }

    public bool Transactional { set => _settings.Transactional = value; }

    public IReadOnlyList<TimeSpan> Retries { set => _settings.Retries = value; }

    public bool UseConsumerProtocol
    {
        set
        {
            _settings.Config.GroupProtocol = value ? GroupProtocol.Consumer : GroupProtocol.Classic;
            if (!value)
                return;
            _settings.Config.PartitionAssignmentStrategy = null; // both are the broker's business then
            _settings.Config.SessionTimeoutMs = null;
        }
    }

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
        var source = _settings.Transactional ? _services.GetRequiredService<NpgsqlDataSource>() : _services.GetService<NpgsqlDataSource>();
        var clock = _services.GetService<TimeProvider>() ?? TimeProvider.System;
        var types = _services.GetRequiredService<MessageTypes>();
        foreach (var wanted in _wanted.Types)
            types.NameOf(wanted); // also a process that only listens must know the names of what it listens to
        var reader = new RecordReader(types, _wanted.Types, _settings);
        var outbox = _services.GetRequiredService<OutboxSignal>();
        var dispatcher = context.CreateReceivePipeDispatcher();
        var runner = new BatchRunner(
            source, _settings, context, dispatcher, new TopicAddresses(HostAddress), [.. _wanted.Sagas()],
            outbox, _services.GetRequiredService<TimerSignal>(), logger);
        var letters = new DeadLetterWriter(source, _settings, outbox, logger);
        var lanes = Enumerable.Range(0, _settings.LaneCount).Select(_ => new KeyLane(reader, runner, letters, _settings, clock, logger)).ToList();
        return new ReceiveEndpoint(new TopicTransport(_settings, context, lanes, source, _bus.HostConfiguration.ReceiveLogContext, _services.GetRequiredService<RunningConsumers>(), logger), context);
    }

    private static int? Milliseconds(TimeSpan? time) => time is { } value ? (int)value.TotalMilliseconds : null;
}
