using Todo.Bus.Scheduling;

namespace Todo.Bus.Outbox;

/// <summary>Where a request's messages and timers wait for its commit. Scoped, bound to the scope's DbContext.</summary>
public interface IOutboxCapture
{
    /// <summary>Adds a record to the next SaveChanges of the scope's DbContext.</summary>
    void Add(OutboxRow row);

    /// <summary>From now on the scope's records go here instead: whoever says so writes them with <see cref="OutboxTable.Insert"/>, and wakes the relay after the commit.</summary>
    void DivertTo(ICollection<OutboxRow> rows);

    /// <summary>Sets a timer with the next SaveChanges of the scope's DbContext.</summary>
    void Add(TimerRow timer);

    /// <summary>Cancels a timer with the next SaveChanges; one that has fired already is left at that.</summary>
    void Cancel(Guid token);

    /// <summary>Adds a message of the bus beneath the topics to the next SaveChanges.</summary>
    internal void Add(BusMessage message);
}
