using Confluent.Kafka;

namespace Todo.Bus.Outbox;

/// <summary>What Kafka answered, sorted by what the database has to do about it.</summary>
internal sealed class Settlement
{
    /// <summary>Kafka has them: delete.</summary>
    public List<StoredRecord> Sent { get; } = [];

    /// <summary>Kafka will never have them: set aside.</summary>
    public List<(StoredRecord Row, Error Error)> Refused { get; } = [];

    /// <summary>Not this time: note the error, try again later.</summary>
    public List<(StoredRecord Row, Error Error)> Delayed { get; } = [];

    public bool IsEmpty => Sent.Count + Refused.Count + Delayed.Count == 0;

    public IEnumerable<StoredRecord> Rows => Sent.Concat(Refused.Select(one => one.Row)).Concat(Delayed.Select(one => one.Row));

    public void Add(StoredRecord row, Error? error)
    {
        if (error is null)
            Sent.Add(row);
        else if (Refusals.IsFinal(error, row.Partition))
            Refused.Add((row, error));
        else
            Delayed.Add((row, error));
    }

    public void Clear()
    {
        Sent.Clear();
        Refused.Clear();
        Delayed.Clear();
    }
}
