namespace Todo.Bus.Outbox;

/// <summary>Where a request's messages wait for its commit. Scoped, bound to the scope's DbContext.</summary>
public interface IOutboxCapture
{
    /// <summary>Adds a record to the next SaveChanges of the scope's DbContext.</summary>
    void Add(OutboxRow row);
}
