using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;
using Todo.Bus.Envelope;
using Todo.Bus.Kafka;
using Todo.Bus.Telemetry;

namespace Todo.Bus.Batching;

/// <summary>Handles the records of its share of the keys, same key in order. A failed message parks its own key only; the rest of the lane goes on.</summary>
internal sealed class KeyLane(
    RecordReader reader, IBatchRunner runner, DeadLetterWriter deadLetters, TopicEndpointSettings settings, TimeProvider clock, ILogger logger)
{
    private readonly Channel<KafkaRecord> _queue = Channel.CreateUnbounded<KafkaRecord>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Queue<KafkaRecord> _released = new();
    private readonly Dictionary<string, Parked> _parked = new(StringComparer.Ordinal);

    /// <summary>Names the key; a record without one stands alone. Replayed letters are in line among themselves: what came after them on their key has gone on long since, and does not wait for them again.</summary>
    public static string KeyOf(KafkaRecord record) =>
        record.Key is { Length: > 0 } key ? (record.DeadLetterId is null ? "" : "replay of ") + Encoding.Latin1.GetString(key)
        : $"@{record.Position.Partition.Value}/{record.Position.Offset.Value}";

    /// <summary>Hands a record over. Records of one key must be handed over in order.</summary>
    public void Add(KafkaRecord record) => _queue.Writer.TryWrite(record);

    /// <summary>Handles batch after batch. Once <paramref name="stopping"/>, finishes the one in hand; <paramref name="abandon"/> cuts that short as well.</summary>
    public async Task RunAsync(CancellationToken stopping, CancellationToken abandon)
    {
        while (!stopping.IsCancellationRequested)
        {
            var records = Collect();
            try
            {
                if (records.Count == 0)
                    await WaitAsync(stopping);
                else
                    await HandleAsync(records, stopping, abandon);
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                return; // what was in hand is not settled, so it is read again
            }
            catch (Exception unexpected)
            {
                // Even out of memory: a lane that ended silently would hold up its keys for ever.
                BatchingLog.LaneFailed(logger, unexpected, settings.Topic, settings.Consumer);
                PutBack(records);
                await Task.Delay(TimeSpan.FromSeconds(1), clock, CancellationToken.None);
            }
            finally
            {
                foreach (var record in records)
                    record.PutDown();
            }
        }
    }

    /// <summary>Parked records whose pause is over, then released ones, then new ones: in that order per key.</summary>
    private List<KafkaRecord> Collect()
    {
        var records = new List<KafkaRecord>();
        if (_parked.Count > 0)
        {
            var now = clock.GetUtcNow();
            foreach (var parked in _parked.Values)
            {
                if (parked.Head.Gone)
                {
                    Unpark(parked); // its next owner may have decided about it already
                }
                else if (parked.RetryAt <= now && records.Count < settings.BatchSize && parked.Head.TryTake())
                {
                    parked.RetryAt = DateTimeOffset.MaxValue; // until this attempt is decided
                    records.Add(parked.Head);
                }
            }
        }

        while (records.Count < settings.BatchSize && (_released.TryDequeue(out var record) || _queue.Reader.TryRead(out record)))
        {
            if (_parked.Count > 0 && _parked.TryGetValue(KeyOf(record), out var parked))
                parked.Behind.Enqueue(record);
            else if (record.TryTake())
                records.Add(record);
        }

        return records;
    }

    private async Task WaitAsync(CancellationToken stopping)
    {
        if (_parked.Count == 0)
        {
            await _queue.Reader.WaitToReadAsync(stopping);
            return;
        }

        var pause = _parked.Values.Min(parked => parked.RetryAt) - clock.GetUtcNow();
        if (pause <= TimeSpan.Zero)
            return;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await Task.WhenAny(_queue.Reader.WaitToReadAsync(enough.Token).AsTask(), Task.Delay(pause, clock, enough.Token));
        await enough.CancelAsync();
    }

    private async Task HandleAsync(List<KafkaRecord> records, CancellationToken stopping, CancellationToken abandon)
    {
        var ready = new List<ReadyMessage>(records.Count);
        foreach (var record in records)
        {
            try
            {
                if (!settings.PassesBy(record.Position.Topic) && reader.Read(record) is { } message)
                    ready.Add(message);
                else
                    Skip(record);
            }
            catch (Exception unreadable) when (unreadable is not OutOfMemoryException)
            {
                // Reading touches nothing but the record, so what goes wrong would go wrong again, and the lane's other keys do not wait for that.
                await BuryAsync(record, unreadable, stopping, abandon);
            }
        }

        var result = await PatientlyAsync(() => runner.RunAsync(ready, abandon), stopping);
        foreach (var record in result.Done)
            Succeed(record);
        foreach (var (record, reason) in result.Failed)
            await FailAsync(record, reason, stopping, abandon);
        foreach (var record in result.Waiting)
            HoldBack(record);
    }

    private async Task FailAsync(KafkaRecord record, Exception reason, CancellationToken stopping, CancellationToken abandon)
    {
        record.Failures++;
        BusMetrics.Faulted(record.Position.Topic, settings.Consumer, reason);
        if ((record.Failures > settings.Retries.Count || reason is UnreadableRecordException) && !record.Gone)
        {
            await BuryAsync(record, reason, stopping, abandon);
            return;
        }

        var pause = record.Gone ? TimeSpan.Zero : settings.Retries[record.Failures - 1]; // gone ones are dropped with the next look
        var position = record.Position;
        BatchingLog.Retrying(logger, reason, position.Topic, position.Partition.Value, position.Offset.Value, settings.Consumer, record.Failures, pause);
        var key = KeyOf(record);
        if (!_parked.TryGetValue(key, out var parked))
            _parked.Add(key, parked = new Parked(record));
        parked.RetryAt = clock.GetUtcNow() + pause;
    }

    private void HoldBack(KafkaRecord record)
    {
        if (_parked.TryGetValue(KeyOf(record), out var parked))
            parked.Behind.Enqueue(record);
        else
            _released.Enqueue(record); // the one it waited for is a dead letter already
    }

    private async Task BuryAsync(KafkaRecord record, Exception reason, CancellationToken stopping, CancellationToken abandon)
    {
        if (!record.Gone)
            await PatientlyAsync(async () => { await deadLetters.WriteAsync(record, reason, abandon); return true; }, stopping);
        Finish(record);
    }

    private void Succeed(KafkaRecord record)
    {
        BusMetrics.Handled(record.Position.Topic, settings.Consumer);
        Finish(record);
    }

    private void Skip(KafkaRecord record)
    {
        BusMetrics.Skipped(record.Position.Topic, settings.Consumer);
        Finish(record);
    }

    private void Finish(KafkaRecord record)
    {
        record.Settle();
        if (_parked.Count == 0 || !_parked.TryGetValue(KeyOf(record), out var parked) || parked.Head != record)
            return;
        Unpark(parked);
    }

    private void Unpark(Parked parked)
    {
        _parked.Remove(KeyOf(parked.Head));
        while (parked.Behind.TryDequeue(out var next))
            _released.Enqueue(next);
    }

    /// <summary>A database that is away is nobody's fault: wait and run the same thing again.</summary>
    private async Task<T> PatientlyAsync<T>(Func<Task<T>> run, CancellationToken stopping)
    {
        for (var pause = TimeSpan.FromMilliseconds(100); ; pause = TimeSpan.FromMilliseconds(Math.Min(pause.TotalMilliseconds * 2, 5_000)))
        {
            try
            {
                return await run();
            }
            catch (Exception away) when (!stopping.IsCancellationRequested && (away is NpgsqlException or TimeoutException or InvalidOperationException { InnerException: NpgsqlException }))
            {
                BatchingLog.DatabaseAway(logger, away, settings.Topic, settings.Consumer, pause);
                await Task.Delay(pause, clock, stopping);
            }
        }
    }

    /// <summary>Nothing may vanish: what was in hand and is undecided is handled again, before what follows it.</summary>
    private void PutBack(List<KafkaRecord> records)
    {
        var later = _released.ToList();
        _released.Clear();
        foreach (var record in records)
        {
            if (_parked.TryGetValue(KeyOf(record), out var parked))
            {
                if (parked.Head == record)
                    parked.RetryAt = clock.GetUtcNow();
                else if (!record.Settled && !parked.Behind.Contains(record))
                    parked.Behind.Enqueue(record);
            }
            else if (!record.Settled && !later.Contains(record))
            {
                _released.Enqueue(record);
            }
        }

        foreach (var record in later)
            _released.Enqueue(record);
    }

    private sealed class Parked(KafkaRecord head)
    {
        public KafkaRecord Head { get; } = head;

        public DateTimeOffset RetryAt { get; set; }

        public Queue<KafkaRecord> Behind { get; } = new();
    }
}
