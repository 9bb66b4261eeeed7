namespace Todo.Contracts.Notifications;

/// <summary>An entry under the bell.</summary>
public sealed record NotificationView
{
    /// <summary>Derived from reminder, moment and user, so the same reminder is one entry whatever is replayed.</summary>
    public required Guid NotificationId { get; init; }

    /// <summary>Who it is for.</summary>
    public required Guid UserId { get; init; }

    /// <summary>What it is about: <c>reminder</c>, <c>reminders-missed</c>, <c>delivery-failed</c> or <c>test</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The task, where there is one.</summary>
    public Guid? TaskId { get; init; }

    /// <summary>The reminder, where there is one.</summary>
    public Guid? ReminderId { get; init; }

    /// <summary>One line for people. Hostile text: escape it where it is shown.</summary>
    public required string Title { get; init; }

    /// <summary>When it should have come.</summary>
    public DateTimeOffset ExpectedAt { get; init; }

    /// <summary>When it was delivered.</summary>
    public DateTimeOffset DeliveredAt { get; init; }

    /// <summary>True when it came more than ten seconds after its time; say "was due at".</summary>
    public bool Late { get; init; }
}
