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

    private static readonly TimeSpan LookForLag = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abandon = new();
    private readonly Dictionary<TopicPartition, PartitionTracker> _partitions = [];
    private Task _polling = Task.CompletedTask;
    private Task _lanes = Task.CompletedTask;
    private Task _replays = Task.CompletedTask;
    private bool _ready;
    private bool _paused;
    private bool _assigned;
    private long _looked;

    public void Start()
    {
        // A rider may start on any thread; what runs below logs through the bus's context.
        LogContext.SetCurrentIfNull(logContext);
        _lanes = Task.WhenAll(lanes.Select(lane => Task.Run(() => lane.RunAsync(_stopping.Token, _abandon.Token))));
        _replays = Task.Run(ReplayAsync);
        _polling = Task.Factory.StartNew(Poll, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
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

    private void Poll()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                CreateTopic();
                using var consumer = Build();
                consumer.Subscribe(settings.Topic);
                PollUntilStopped(consumer);
                // Lanes finish the batch in hand, then the last offsets are stored and committed by Close.
                FinishLanes();
                consumer.Close();
            }
            catch (KafkaException fatal)
            {
                KafkaLog.ConsumerRebuilt(logger, fatal, settings.Topic, settings.GroupId);
                RevokeAll();
                _stopping.Token.WaitHandle.WaitOne(TimeSpan.FromSeconds(1));
            }
        }

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
                LookAtLag(consumer);
            }
            catch (ConsumeException away) when (!away.Error.IsFatal)
            {
                // The topic is not there yet, or a broker is away: the client keeps trying, and so do we.
                settings.WaitsForTopic |= away.Error.Code is ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic;
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
        LaneOf(found.Message.Key, found.Offset.Value).Add(new KafkaRecord
        {
            Position = found.TopicPartitionOffset,
            Key = found.Message.Key,
            Value = found.Message.Value,
            Headers = found.Message.Headers,
            Timestamp = found.Message.Timestamp.UtcDateTime,
            Tracker = tracker,
        });
    }

    private KeyLane LaneOf(byte[]? key, long offset) =>
        lanes[key is { Length: > 0 } ? Lanes.Of(settings.Topic, key) % lanes.Count : (int)(offset % lanes.Count)];

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

    /// <summary>Asks the client what it knows of the ends of the partitions; no request leaves for that.</summary>
    private void LookAtLag(IConsumer<byte[]?, byte[]?> consumer)
    {
        if (Environment.TickCount64 - _looked < LookForLag.TotalMilliseconds)
            return;
        _looked = Environment.TickCount64;
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
        ConsumerLag.Watch(this, settings.Consumer, _partitions.Values);
        KafkaLog.Assigned(logger, settings.Topic, settings.GroupId, added.Count, _partitions.Count);
        settings.WaitsForTopic = false;
        if (!_ready)
        {
            _ready = true;
            endpoint.TransportObservers.Ready(new ReceiveTransportReadyEvent(endpoint.InputAddress, true));
        }

        return added.Select(partition => new TopicPartitionOffset(partition, settings.Offset));
    }

    private void Revoked(IEnumerable<TopicPartition> removed, bool wait)
    {
        var going = removed.Select(partition => _partitions.GetValueOrDefault(partition)).OfType<PartitionTracker>().ToList();
        // What is queued will be read again by the next owner; what is being handled may finish, for a while.
        foreach (var tracker in going)
            tracker.Leave();
        var deadline = Environment.TickCount64 + (long)settings.RevokeDeadline.TotalMilliseconds;
        while (wait && going.Any(tracker => tracker.InHand > 0) && Environment.TickCount64 < deadline)
            Thread.Sleep(1);
        foreach (var tracker in going)
        {
            tracker.Revoke();
            _partitions.Remove(tracker.Partition);
        }

        ConsumerLag.Watch(this, settings.Consumer, _partitions.Values);
        KafkaLog.Revoked(logger, settings.Topic, settings.GroupId, going.Count, _partitions.Count);
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
                foreach (var letter in await DeadLetterTable.ClaimReplaysAsync(source, settings.Topic, settings.Consumer, 100, _stopping.Token))
                    LaneOf(letter.Key, letter.Offset).Add(Replay(letter));
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

    private KafkaRecord Replay(ReplayRow letter) => new()
    {
        Position = new TopicPartitionOffset(settings.Topic, letter.Partition, letter.Offset),
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
