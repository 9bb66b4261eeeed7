using System.Text.RegularExpressions;
using Confluent.Kafka;
using MassTransit;
using MassTransit.Events;
using MassTransit.Logging;
using MassTransit.Transports;
using Microsoft.Extensions.Logging;
using Npgsql;
using Todo.Bus.Batching;
using Todo.Bus.DeadLetters;
using Todo.Bus.Outbox;
using Todo.Bus.Telemetry;

namespace Todo.Bus.Kafka;

/// <summary>Reads one topic for one group: polls without ever blocking, hands records to lanes by key, and pauses partitions when too much is in flight.</summary>
internal sealed class TopicConsumer(
    TopicEndpointSettings settings,
    ConsumerConfig config,
    ReceiveEndpointContext endpoint,
    IReadOnlyList<KeyLane> lanes,
    NpgsqlDataSource? source,
    ILogContext? logContext,
    ILogger logger)
    : ReceiveTransportHandle, IDisposable
{
    private static readonly TimeSpan PollTime = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    /// <summary>How long the brokers may take to say which topics there are.</summary>
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abandon = new();
    private readonly Dictionary<TopicPartition, PartitionTracker> _partitions = [];
    private Task _polling = Task.CompletedTask;
    private Task _lanes = Task.CompletedTask;
    private Task _replays = Task.CompletedTask;
    private volatile string[] _topics = settings.IsPattern ? [] : [settings.Topic];
    private bool _joined;
    private bool _ready;
    private bool _paused;
    private bool _assigned;
    private long _looked;

    public void Start()
    {
        // A rider may start on any thread; what runs below logs through the bus's context.
        LogContext.SetCurrentIfNull(logContext);
        var consumer = BuildFirst(); // here, so that a setting the client refuses stops the start rather than a thread nobody hears
        _lanes = Task.WhenAll(lanes.Select(lane => Task.Run(() => lane.RunAsync(_stopping.Token, _abandon.Token))));
        _replays = Task.Run(ReplayAsync);
        _polling = Task.Factory.StartNew(() => Poll(consumer), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public async Task Stop(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _polling.WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _abandon.Dispose();
    }

    private IConsumer<byte[]?, byte[]?> BuildFirst()
    {
        try
        {
            return Build();
        }
        catch (Exception refused) when (refused is InvalidOperationException or ArgumentException or KafkaException)
        {
            throw new ConfigurationException($"{settings.Topic} for {settings.GroupId} cannot be read with these settings: {refused.Message}", refused);
        }
    }

    private void Poll(IConsumer<byte[]?, byte[]?>? first)
    {
        for (var built = first; ; built = null)
        {
            try
            {
                using var consumer = built ?? Build();
                CreateTopic();
                consumer.Subscribe(settings.Topic);
                PollUntilStopped(consumer);
                // Lanes finish the batch in hand, then the last offsets are stored and committed by Close.
                FinishLanes();
                consumer.Close();
                break;
            }
            catch (Exception fatal)
            {
                // Also what a handler of the user threw in one of the client's callbacks: reading must go on.
                KafkaLog.ConsumerRebuilt(logger, fatal, settings.Topic, settings.GroupId);
                RevokeAll();
                if (_stopping.Token.WaitHandle.WaitOne(TimeSpan.FromSeconds(1)))
                    break;
            }
        }

        settings.WaitsForTopic = false;
        endpoint.TransportObservers.Completed(new ReceiveTransportCompletedEvent(endpoint.InputAddress, new NoMetrics()));
    }

    private void FinishLanes()
    {
        if (!_lanes.Wait(settings.RevokeDeadline))
        {
            _abandon.Cancel(); // rolls back; what it was about is read again
            _lanes.Wait(settings.RevokeDeadline);
        }

        _replays.Wait(settings.RevokeDeadline);
    }

    private void PollUntilStopped(IConsumer<byte[]?, byte[]?> consumer)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                if (consumer.Consume(PollTime) is { Message: not null } found)
                    Take(found);
                Throttle(consumer);
                Look(consumer);
            }
            catch (ConsumeException away) when (!away.Error.IsFatal)
            {
                // The topic is not there yet, or a broker is away: the client keeps trying, and so do we.
                KafkaLog.NotConsuming(logger, settings.Topic, settings.GroupId, away.Error.Reason);
                _stopping.Token.WaitHandle.WaitOne(PollTime);
            }
        }
    }

    private void CreateTopic()
    {
        if (settings.Missing is { } topic)
            TopicCreator.CreateAsync(settings.Config, settings.TokenRefresh, [topic], logger).GetAwaiter().GetResult(); // this thread has nothing to poll yet
    }

    private void Take(ConsumeResult<byte[]?, byte[]?> found)
    {
        if (!_partitions.TryGetValue(found.TopicPartition, out var tracker))
            return; // read just before the partition went away
        tracker.Begin(found.Offset.Value);
        BusMetrics.Consumed(found.Topic, settings.Consumer);
        LaneOf(found.Topic, found.Message.Key, found.Offset.Value).Add(new KafkaRecord
        {
            Position = found.TopicPartitionOffset,
            Key = found.Message.Key,
            Value = found.Message.Value,
            Headers = found.Message.Headers,
            Timestamp = found.Message.Timestamp.UtcDateTime,
            Tracker = tracker,
        });
    }

    private KeyLane LaneOf(string topic, byte[]? key, long offset) =>
        lanes[key is { Length: > 0 } ? Lanes.Of(topic, key) % lanes.Count : (int)(offset % lanes.Count)];

    /// <summary>Lets the lanes catch up. Pausing makes the client drop what it has fetched and fetch it again, so it is for lanes that are slow for long.</summary>
    private void Throttle(IConsumer<byte[]?, byte[]?> consumer)
    {
        if (_paused)
        {
            if (InFlight() > settings.Prefetch / 2)
            {
                if (_assigned)
                    consumer.Pause(consumer.Assignment); // partitions that came meanwhile
                _assigned = false;
                return;
            }

            consumer.Resume(consumer.Assignment);
            _paused = false;
            return;
        }

        var patience = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (InFlight() >= settings.Prefetch && !_stopping.IsCancellationRequested)
        {
            if (Environment.TickCount64 < patience)
            {
                _stopping.Token.WaitHandle.WaitOne(2);
                continue;
            }

            consumer.Pause(consumer.Assignment);
            _paused = true;
            return;
        }
    }

    /// <summary>Every now and then: whether there is a topic at all, and how far behind we are.</summary>
    private void Look(IConsumer<byte[]?, byte[]?> consumer)
    {
        if (Environment.TickCount64 - _looked < LookEvery.TotalMilliseconds)
            return;
        _looked = Environment.TickCount64;
        if (_ready)
        {
            LookAtLag(consumer);
            return;
        }

        var waited = settings.WaitsForTopic;
        settings.WaitsForTopic = !IsThere(consumer);
        if (settings.WaitsForTopic)
            return;
        if (waited)
        {
            // Some brokers never look again for what a member asked for in vain, others take half a minute.
            consumer.Unsubscribe();
            consumer.Subscribe(settings.Topic);
        }
        else if (_joined)
        {
            Ready(); // others of the group have the partitions
        }
    }

    private void Ready()
    {
        settings.WaitsForTopic = false;
        if (_ready)
            return;
        _ready = true;
        endpoint.TransportObservers.Ready(new ReceiveTransportReadyEvent(endpoint.InputAddress, true));
    }

    /// <summary>Who subscribes to a topic that is not there is a member of the group without partitions, and is told nothing; so it is asked for.</summary>
    private bool IsThere(IConsumer<byte[]?, byte[]?> consumer)
    {
        try
        {
            using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
            return settings.IsPattern
                ? admin.GetMetadata(Answer).Topics.Any(topic => Regex.IsMatch(topic.Topic, settings.Topic))
                : admin.GetMetadata(settings.Topic, Answer).Topics.All(topic => topic.Error.Code is not (ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic));
        }
        catch (KafkaException)
        {
            return true; // nobody answers: that is another trouble
        }
    }

    /// <summary>Asks the client what it knows of the ends of the partitions; no request leaves for that.</summary>
    private void LookAtLag(IConsumer<byte[]?, byte[]?> consumer)
    {
        foreach (var (partition, tracker) in _partitions)
        {
            if (consumer.GetWatermarkOffsets(partition).High is { IsSpecial: false } end)
                tracker.Ends(end.Value);
        }
    }

    private int InFlight()
    {
        var inFlight = 0;
        foreach (var tracker in _partitions.Values)
            inFlight += tracker.Unsettled;
        return inFlight;
    }

    private IConsumer<byte[]?, byte[]?> Build()
    {
        var builder = new ConsumerBuilder<byte[]?, byte[]?>(config)
            .SetKeyDeserializer(Deserializers.ByteArray!)
            .SetValueDeserializer(Deserializers.ByteArray!)
            .SetErrorHandler((_, error) => KafkaLog.ClientReported(logger, settings.Topic, error.Code, error.Reason))
            .SetLogHandler((_, _) => { })
            .SetPartitionsAssignedHandler((consumer, added) => Assigned(consumer, added))
            .SetPartitionsRevokedHandler((_, removed) => Revoked(removed.Select(partition => partition.TopicPartition), wait: true))
            .SetPartitionsLostHandler((_, removed) => Revoked(removed.Select(partition => partition.TopicPartition), wait: false));
        if (settings.OffsetsCommitted is { } committed)
            builder.SetOffsetsCommittedHandler((_, offsets) => committed(offsets));
        if (settings.Statistics is { } statistics)
            builder.SetStatisticsHandler((_, json) => statistics(json));
        if (settings.TokenRefresh is { } refresh)
            builder.SetOAuthBearerTokenRefreshHandler((client, value) => refresh(client, value));
        return builder.Build();
    }

    private IEnumerable<TopicPartitionOffset> Assigned(IConsumer<byte[]?, byte[]?> consumer, List<TopicPartition> added)
    {
        foreach (var partition in added)
            _partitions[partition] = new PartitionTracker(partition, offset => Store(consumer, offset));
        _assigned = true;
        NoteTopics();
        ConsumerLag.Watch(this, settings.Consumer, _partitions.Values);
        KafkaLog.Assigned(logger, settings.Topic, settings.GroupId, added.Count, _partitions.Count);
        if (added.Count > 0)
            Ready();
        _joined = true;
        _looked = 0; // without a partition it has to be asked whether there is a topic
        return added.Select(partition => new TopicPartitionOffset(partition, settings.Offset));
    }

    private void Revoked(IEnumerable<TopicPartition> removed, bool wait)
    {
        var going = removed.Select(partition => _partitions.GetValueOrDefault(partition)).OfType<PartitionTracker>().ToList();
        // What is queued will be read again by the next owner; what is being handled may finish, for a while.
        foreach (var tracker in going)
            tracker.Leave();
        if (wait)
            SpinWait.SpinUntil(() => going.TrueForAll(tracker => tracker.InHand == 0), settings.RevokeDeadline);
        foreach (var tracker in going)
        {
            tracker.Revoke();
            _partitions.Remove(tracker.Partition);
        }

        NoteTopics();
        ConsumerLag.Watch(this, settings.Consumer, _partitions.Values);
        KafkaLog.Revoked(logger, settings.Topic, settings.GroupId, going.Count, _partitions.Count);
    }

    /// <summary>Of a pattern, the letters to replay are those of the topics that it reads at the moment.</summary>
    private void NoteTopics()
    {
        if (settings.IsPattern)
            _topics = [.. _partitions.Keys.Select(partition => partition.Topic).Distinct()];
    }

    private void RevokeAll() => Revoked([.. _partitions.Keys], wait: false);

    private static void Store(IConsumer<byte[]?, byte[]?> consumer, TopicPartitionOffset offset)
    {
        try
        {
            consumer.StoreOffset(offset);
        }
        catch (Exception gone) when (gone is KafkaException or ObjectDisposedException)
        {
            // The partition went away in this moment; its next owner reads the records again and the inbox drops them.
        }
    }

    /// <summary>Dead letters that people want replayed come back to this group only, through its own lanes.</summary>
    private async Task ReplayAsync()
    {
        while (source is not null && !_stopping.IsCancellationRequested)
        {
            try
            {
                foreach (var letter in await DeadLetterTable.ClaimReplaysAsync(source, _topics, settings.Consumer, 100, _stopping.Token))
                    LaneOf(letter.Topic, letter.Key, letter.Offset).Add(Replay(letter));
                await Task.Delay(TimeSpan.FromSeconds(1), _stopping.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (NpgsqlException away)
            {
                KafkaLog.ReplaysNotRead(logger, away, settings.Topic);
                await Task.Delay(TimeSpan.FromSeconds(5), _stopping.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    private static KafkaRecord Replay(ReplayRow letter) => new()
    {
        Position = new TopicPartitionOffset(letter.Topic, letter.Partition, letter.Offset),
        Key = letter.Key,
        Value = letter.Value,
        Headers = OutboxHeaders.Read(letter.Headers),
        Timestamp = DateTime.UtcNow,
        DeadLetterId = letter.Id,
    };

    private sealed class NoMetrics : DeliveryMetrics
    {
        public long DeliveryCount => 0;

        public int ConcurrentDeliveryCount => 0;
    }
}
