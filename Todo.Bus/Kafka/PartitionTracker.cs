using Confluent.Kafka;

namespace Todo.Bus.Kafka;

/// <summary>Knows which offsets of one partition are settled, and moves the offset to commit up to the first that is not.</summary>
/// <remarks>
/// Records settle in any order; the committed offset never passes an unsettled one. Giving the partition away has two steps:
/// from <see cref="Leave"/> on no record is taken in hand any more, and those in hand may still settle until <see cref="Revoke"/>.
/// Thread-safe.
/// </remarks>
internal sealed class PartitionTracker(TopicPartition partition, Action<TopicPartitionOffset> store)
{
    private readonly Lock _gate = new();
    private readonly Queue<long> _inFlight = new();
    private readonly HashSet<long> _settled = [];
    private int _inHand;
    private bool _revoked;
    private long? _next;
    private long? _end;

    public TopicPartition Partition => partition;

    /// <summary>True once the partition is going away: its queued records are the next owner's.</summary>
    public bool Leaving { get; private set; }

    /// <summary>Offsets read and not yet settled.</summary>
    public int Unsettled
    {
        get
        {
            lock (_gate)
                return _inFlight.Count - _settled.Count;
        }
    }

    /// <summary>Records that a lane is handling at this moment.</summary>
    public int InHand
    {
        get
        {
            lock (_gate)
                return _inHand;
        }
    }

    /// <summary>How many records of the partition have not had their effect here; null while that is not known.</summary>
    public long? Lag
    {
        get
        {
            lock (_gate)
            {
                var first = _inFlight.TryPeek(out var head) ? head : _next;
                return first is { } from && _end is { } to ? Math.Max(0, to - from) : null;
            }
        }
    }

    /// <summary>The broker has this many offsets.</summary>
    public void Ends(long offset)
    {
        lock (_gate)
            _end = offset;
    }

    public void Begin(long offset)
    {
        lock (_gate)
        {
            _inFlight.Enqueue(offset);
            _next = offset + 1;
        }
    }

    /// <summary>False when the partition is going away, so that the record is not for this consumer any more.</summary>
    public bool TryTake()
    {
        lock (_gate)
        {
            if (Leaving)
                return false;
            _inHand++;
            return true;
        }
    }

    /// <summary>A record taken is out of hand: settled, or to be tried again later.</summary>
    public void PutDown()
    {
        lock (_gate)
            _inHand--;
    }

    public void Settle(long offset)
    {
        lock (_gate)
        {
            if (_revoked)
                return;
            _settled.Add(offset);
            long? upTo = null;
            while (_inFlight.TryPeek(out var head) && _settled.Remove(head))
                upTo = _inFlight.Dequeue();
            if (upTo is { } last)
                store(new TopicPartitionOffset(partition, last + 1));
        }
    }

    public void Leave()
    {
        lock (_gate)
            Leaving = true;
    }

    /// <summary>The partition is another's: nothing is stored from here on.</summary>
    public void Revoke()
    {
        lock (_gate)
            Leaving = _revoked = true;
    }
}
