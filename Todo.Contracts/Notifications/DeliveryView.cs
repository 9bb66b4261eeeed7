namespace Todo.Contracts.Notifications;

/// <summary>What became of one reminder by one channel: there is one of these for each, for ever, whatever happens twice.</summary>
public sealed record DeliveryView
{
    /// <summary>Derived from reminder, moment, user and channel.</summary>
    public required Guid DeliveryId { get; init; }

    /// <summary>The reminder, as in the task's <c>reminders</c>.</summary>
    public Guid? ReminderId { get; init; }

    /// <summary><c>in-app</c>, <c>email</c> or <c>webhook</c>.</summary>
    public required string Channel { get; init; }

    /// <summary><c>waiting</c>, <c>held</c> (quiet hours), <c>missed</c> (about to be counted into a summary), <c>sending</c>, <c>delivered</c>, <c>folded</c> (counted into a summary) or <c>failed</c> (given up).</summary>
    public required string State { get; init; }

    /// <summary>When the reminder was to fire.</summary>
    public DateTimeOffset ExpectedAt { get; init; }

    /// <summary>When it was delivered.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; init; }

    /// <summary>When it is tried next; absent once it is over.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }
}

/// <summary>The latest deliveries of a task, newest first.</summary>
/// <param name="Items">Up to 200.</param>
public sealed record DeliveryList(IReadOnlyList<DeliveryView> Items);
