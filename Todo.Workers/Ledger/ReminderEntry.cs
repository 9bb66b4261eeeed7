namespace Todo.Workers.Ledger;

/// <summary>What was to happen with one moment of one reminder, and what did. Written by a witness that hears the facts apart from the saga.</summary>
internal sealed class ReminderEntry
{
    public Guid TaskId { get; init; }

    public Guid ReminderId { get; init; }

    public DateTimeOffset ExpectedAt { get; init; }

    public Guid OwnerId { get; init; }

    public bool Snoozed { get; init; }

    public DateTimeOffset RecordedAt { get; init; }

    public DateTimeOffset? FiredAt { get; set; }

    /// <summary>How often it fired; more than once is a fault.</summary>
    public int Fires { get; set; }

    public DateTimeOffset? CancelledAt { get; set; }

    public string? CancelledBecause { get; set; }
}
