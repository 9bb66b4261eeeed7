namespace Todo.Workers.Ledger;

/// <summary>One occurrence of a series: when it was due and what became of it.</summary>
internal sealed class OccurrenceEntry
{
    public Guid SeriesId { get; init; }

    public int Occurrence { get; init; }

    public Guid TaskId { get; set; }

    public Guid OwnerId { get; set; }

    /// <summary>The day it came with; it is due on another when somebody moved it.</summary>
    public DateOnly? SlotDate { get; set; }

    public DateOnly? DueDate { get; set; }

    public TimeOnly? DueTime { get; set; }

    public string? DueZone { get; set; }

    public string Rule { get; set; } = "";

    /// <summary>open, completed, skipped, archived or deleted.</summary>
    public string Outcome { get; set; } = "open";

    public DateTimeOffset? ClosedAt { get; set; }

    public Guid? ClosedBy { get; set; }

    /// <summary>When it was first heard of.</summary>
    public DateTimeOffset CameAt { get; set; }

    public DateTimeOffset RecordedAt { get; set; }
}
