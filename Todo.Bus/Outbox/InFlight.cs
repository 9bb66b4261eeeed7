using System.Collections.Concurrent;
using Confluent.Kafka;
using Todo.Bus.Kafka;

namespace Todo.Bus.Outbox;

/// <summary>The rows handed to Kafka whose fate the database does not know yet. It outlives a lost connection to the database.</summary>
/// <remarks>
/// Rows of one key follow each other at once when they were read together. Otherwise the later ones wait until Kafka has
/// answered for the earlier: should those fail, nothing has overtaken them. Used by one relay; only the delivery reports
/// come from another thread.
/// </remarks>
internal sealed class InFlight(IRecordSender sender, OutboxSignal signal)
{
    /// <summary>So many answers are worth waking the relay for; fewer wait for its next turn.</summary>
    private const int ManyAnswers = 256;

    private readonly Dictionary<long, StoredRecord> _rows = [];
    private readonly ConcurrentQueue<(StoredRecord Row, Error? Error)> _answers = new();
    private readonly ConcurrentDictionary<(string Topic, string Key), long> _stopped = new();
    private readonly Dictionary<(string Topic, string Key), (int Turn, int Rows)> _keys = [];
    private readonly int[] _perLane = new int[Lanes.Count];
    private int _answered;
    private int _turn;
    private volatile bool _blocked;

    /// <summary>Rows not settled yet.</summary>
    public int Count => _rows.Count;

    /// <summary>Bytes of those rows.</summary>
    public long Bytes { get; private set; }

    /// <summary>Answers of Kafka taken, but not yet written to the database.</summary>
    public Settlement Settlement { get; } = new();

    /// <summary>Rows for which Kafka has not answered yet.</summary>
    public int Unanswered => _rows.Count - Volatile.Read(ref _answered);

    public int InLane(int lane) => _perLane[lane];

    /// <summary>Lanes in which a row waits for another of its key.</summary>
    public int Blocked { get; private set; }

    /// <summary>These lanes are about to be read: what waits in them shows again.</summary>
    public void Reread(int lanes)
    {
        Blocked &= ~lanes;
        _blocked = Blocked != 0;
    }

    /// <summary>Takes the answers that have come into the settlement; what is sent from here on was read together.</summary>
    public void BeginTurn()
    {
        _turn++;
        while (_answers.TryDequeue(out var answer))
        {
            Settlement.Add(answer.Row, answer.Error);
            if (answer.Row.Key is not null)
                Leave((answer.Row.Topic, answer.Row.KeyText));
        }
    }

    /// <summary>Sends a row, unless it is on its way already, or has to wait for another of its key.</summary>
    public void Send(StoredRecord row)
    {
        if (_rows.ContainsKey(row.Id))
            return;
        if (row.Key is not null && !Enter((row.Topic, row.KeyText)))
        {
            Blocked |= 1 << row.Lane;
            _blocked = true;
            return;
        }

        _rows.Add(row.Id, row);
        _perLane[row.Lane]++;
        Bytes += row.Size;
        sender.Send(row.Topic, row.Partition, row.Key, row.Value, OutboxHeaders.Read(row.Headers), error => Answer(row, error));
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
        if (Interlocked.Increment(ref _answered) % ManyAnswers == 0 || _blocked)
            signal.Nudge();
    }

    private bool Enter((string Topic, string Key) key)
    {
        if (!_stopped.IsEmpty && _stopped.ContainsKey(key))
            return false;
        if (!_keys.TryGetValue(key, out var there))
            _keys.Add(key, (_turn, 1));
        else if (there.Turn == _turn)
            _keys[key] = (_turn, there.Rows + 1);
        else
            return false;
        return true;
    }

    private void Leave((string Topic, string Key) key)
    {
        var (turn, rows) = _keys[key];
        if (rows == 1)
            _keys.Remove(key);
        else
            _keys[key] = (turn, rows - 1);
    }
}
