using Todo.Bus.Outbox;

namespace Todo.Bus.Scheduling;

/// <summary>A due row of <c>bus.timers</c>, and what Kafka said about it.</summary>
internal sealed record DueTimer(Guid Token, DateTimeOffset DueAt, string Topic, byte[]? Key, byte[] Value, byte[] Headers)
{
    /// <summary>Null until Kafka has answered.</summary>
    public Answer? Answer { get; set; }
}

/// <summary>An answer of Kafka: the record is stored, or the error says why not.</summary>
internal sealed record Answer(Confluent.Kafka.Error? Error)
{
    public static readonly Answer Stored = new(Error: null);

    public bool IsRefusal => Error is not null && Refusals.IsFinal(Error, partition: null);
}
