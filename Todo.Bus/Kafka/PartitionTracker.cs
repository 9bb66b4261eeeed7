using Confluent.Kafka;

namespace Todo.Bus.Kafka;

/// <summary>Knows which offsets of one partition are settled, and moves the offset to commit up to the first that is not.</summary>
/// <remarks>Records settle in any order; the committed offset never passes an unsettled one. Thread-safe.</remarks>
internal sealed class PartitionTracker(TopicPartition partition, Action<TopicPartitionOffset> store)
{
    private readonly Lock _gate = new();
    private readonly Queue<long> _inFlight = new();
    private readonly HashSet<long> _settled = [];

    public TopicPartition Partition => partition;

    /// <summary>Set once the partition is taken away; nothing is stored afterwards.</summary>
    public bool Revoked { get; private set; }

    /// <summary>Offsets read and not yet settled.</summary>
    public int Unsettled
    {
        get
        {
            lock (_gate)
                return _inFlight.Count - _settled.Count;
        }
    }

    public void Begin(long offset)
    {
        lock (_gate)
            _inFlight.Enqueue(offset);
    }

    public void Settle(long offset)
    {
        lock (_gate)
        {
            if (Revoked)
                return;
            _settled.Add(offset);
            long? upTo = null;
            while (_inFlight.TryPeek(out var head) && _settled.Remove(head))
                upTo = _inFlight.Dequeue();
            if (upTo is { } last)
                store(new TopicPartitionOffset(partition, last + 1));
        }
    }

    public void Revoke()
    {
        lock (_gate)
            Revoked = true;
    }
}
