using Todo.Bus.Outbox;
using Todo.Bus.Scheduling;

namespace Todo.Bus.Batching;

/// <summary>What one message wants to leave behind. It travels as a payload of the consume context; the batch writes it, or forgets it when the message fails.</summary>
internal sealed class MessageUnit(Batch batch, string consumer, Guid? causationId)
{
    /// <summary>The transaction this message is handled in.</summary>
    public Batch Batch { get; } = batch;

    /// <summary>The consumer group handling it.</summary>
    public string Consumer { get; } = consumer;

    /// <summary>The message itself, as the cause of what it sends.</summary>
    public Guid? CausationId { get; } = causationId;

    /// <summary>Records to send after the commit, in the order they were produced.</summary>
    public List<OutboxRow> Outgoing { get; } = [];

    /// <summary>Messages to hand to the bus after the commit.</summary>
    public List<BusMessage> Published { get; } = [];

    /// <summary>Timers to set.</summary>
    public List<TimerRow> Timers { get; } = [];

    /// <summary>Timers to cancel.</summary>
    public List<Guid> Cancelled { get; } = [];

    /// <summary>The services of the process.</summary>
    public IServiceProvider? Services { get; init; }

    /// <summary>The key of the record being handled; timeouts come back on it.</summary>
    public byte[]? RecordKey { get; init; }

    /// <summary>Where timeouts come back; null means the topic the message came from.</summary>
    public string? TimerTopic { get; init; }

    /// <summary>True once a consumer has had the batch's connection in hand: its own SQL cannot be undone in memory.</summary>
    public bool UsedConnection { get; set; }

    /// <summary>Held by the consumer or saga at work: MassTransit starts all who want a message at once, and the batch has one connection for them.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    /// <summary>Takes back, step by step and last step first, what the message did to rows in memory.</summary>
    public Stack<Action> Undo { get; } = new();

    /// <summary>The message failed: nothing of it is left in memory.</summary>
    public void Forget()
    {
        UndoTo((0, 0, 0, 0));
        while (Undo.TryPop(out var step))
            step();
    }

    /// <summary>After the commit: tells the relay and the releaser of this process what has come.</summary>
    public void Announce(OutboxSignal outbox, TimerSignal timers)
    {
        var lanes = 0;
        foreach (var row in Outgoing)
            lanes |= 1 << row.Lane;
        outbox.Wake(lanes);
        if (Published.Count > 0)
            outbox.WakeBus();
        if (Timers.Count > 0)
            timers.Wake(Timers.Min(timer => timer.DueAt));
    }

    public (int Outgoing, int Published, int Timers, int Cancelled) Mark() => (Outgoing.Count, Published.Count, Timers.Count, Cancelled.Count);

    public void UndoTo((int Outgoing, int Published, int Timers, int Cancelled) mark)
    {
        Outgoing.RemoveRange(mark.Outgoing, Outgoing.Count - mark.Outgoing);
        Published.RemoveRange(mark.Published, Published.Count - mark.Published);
        Timers.RemoveRange(mark.Timers, Timers.Count - mark.Timers);
        Cancelled.RemoveRange(mark.Cancelled, Cancelled.Count - mark.Cancelled);
    }
}
