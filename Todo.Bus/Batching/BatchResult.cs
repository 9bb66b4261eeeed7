using Todo.Bus.Kafka;

namespace Todo.Bus.Batching;

/// <summary>What became of the messages of a batch.</summary>
internal sealed class BatchResult
{
    private readonly HashSet<string> _stopped;

    public BatchResult() => _stopped = [];

    /// <summary>An attempt that may be thrown away: it knows the keys stopped before it.</summary>
    public BatchResult(BatchResult before) => _stopped = [.. before._stopped];

    /// <summary>Records whose effect has committed, now or earlier.</summary>
    public List<KafkaRecord> Done { get; } = [];

    /// <summary>Records that failed, with the reason.</summary>
    public List<(KafkaRecord Record, Exception Reason)> Failed { get; } = [];

    /// <summary>Records that wait behind a failed one of their key.</summary>
    public List<KafkaRecord> Waiting { get; } = [];

    public void Fail(KafkaRecord record, Exception reason)
    {
        Failed.Add((record, reason));
        _stopped.Add(KeyLane.KeyOf(record));
    }

    /// <summary>True, and noted, when an earlier message of this key has failed.</summary>
    public bool HoldBack(KafkaRecord record)
    {
        if (_stopped.Count == 0 || !_stopped.Contains(KeyLane.KeyOf(record)))
            return false;
        Waiting.Add(record);
        return true;
    }

    public IReadOnlyList<ReadyMessage> WithoutHeldBack(IReadOnlyList<ReadyMessage> messages) =>
        _stopped.Count == 0 ? messages : [.. messages.Where(message => !HoldBack(message.Record))];

    public void Take(BatchResult attempt, List<KafkaRecord> done)
    {
        Done.AddRange(done);
        Failed.AddRange(attempt.Failed);
        Waiting.AddRange(attempt.Waiting);
        _stopped.UnionWith(attempt._stopped);
    }
}
