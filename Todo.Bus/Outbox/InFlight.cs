using System.Collections.Concurrent;
using Confluent.Kafka;
using Todo.Bus.Kafka;

namespace Todo.Bus.Outbox;

/// <summary>The rows handed to Kafka whose fate the database does not know yet. It outlives a lost connection to the database.</summary>
/// <remarks>Used by one relay; only the delivery reports come from another thread.</remarks>
internal sealed class InFlight(IRecordSender sender, OutboxSignal signal)
{
    /// <summary>So many answers are worth waking the relay for; fewer wait for its next turn.</summary>
    private const int ManyAnswers = 256;

    private readonly Dictionary<long, StoredRecord> _rows = [];
    private readonly ConcurrentQueue<(StoredRecord Row, Error? Error)> _answers = new();
    private readonly ConcurrentDictionary<(string Topic, string Key), long> _stopped = new();
    private readonly int[] _perLane = new int[Lanes.Count];
    private int _answered;

    /// <summary>Rows not settled yet.</summary>
    public int Count => _rows.Count;

    /// <summary>Bytes of those rows.</summary>
    public long Bytes { get; private set; }

    /// <summary>Answers of Kafka taken, but not yet written to the database.</summary>
    public Settlement Settlement { get; } = new();

    /// <summary>Rows for which Kafka has not answered yet.</summary>
    public int Unanswered => _rows.Count - Volatile.Read(ref _answered);

    public int InLane(int lane) => _perLane[lane];

    /// <summary>Sends a row, unless it is on its way already or a row before it on its key was refused a moment ago.</summary>
    public void Send(StoredRecord row)
    {
        if (!_stopped.IsEmpty && row.Key is not null && _stopped.ContainsKey((row.Topic, row.KeyText)))
            return;
        if (!_rows.TryAdd(row.Id, row))
            return;
        _perLane[row.Lane]++;
        Bytes += row.Size;
        sender.Send(row.Topic, row.Partition, row.Key, row.Value, OutboxHeaders.Read(row.Headers), error => Answer(row, error));
    }

    /// <summary>Moves the answers that have come into the settlement.</summary>
    public void TakeAnswers()
    {
        while (_answers.TryDequeue(out var answer))
            Settlement.Add(answer.Row, answer.Error);
    }

    /// <summary>The settlement is in the database: its rows are no longer in flight, and its refusals stop their keys there.</summary>
    public void Forget()
    {
        foreach (var row in Settlement.Rows)
        {
            if (!_rows.Remove(row.Id))
                continue;
            _perLane[row.Lane]--;
            Bytes -= row.Size;
            Interlocked.Decrement(ref _answered);
            if (!_stopped.IsEmpty && row.Key is not null)
                _stopped.TryRemove(new((row.Topic, row.KeyText), row.Id));
        }

        Settlement.Clear();
    }

    private void Answer(StoredRecord row, Error? error)
    {
        if (error is not null && row.Key is not null)
            _stopped.TryAdd((row.Topic, row.KeyText), row.Id);
        _answers.Enqueue((row, error));
        if (Interlocked.Increment(ref _answered) % ManyAnswers == 0)
            signal.Nudge();
    }
}
