namespace Todo.Workers.Notifications;

/// <summary>One way of reaching a user. Throws when it could not; it is then tried again.</summary>
internal interface IChannel
{
    string Name { get; }

    /// <summary>Sends what came due together for one user as one message.</summary>
    Task SendAsync(Recipient recipient, IReadOnlyList<Delivery> deliveries, CancellationToken ct);
}

/// <summary>Trying again would not help: no address, no permission, a message nobody takes.</summary>
internal sealed class UndeliverableException(string message) : Exception(message);
