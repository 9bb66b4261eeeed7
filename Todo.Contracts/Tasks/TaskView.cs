using Todo.Contracts.Recurrence;
using Todo.Contracts.Reminders;

namespace Todo.Contracts.Tasks;

/// <summary>A task as its owner sees it. The same shape answers HTTP, rides the live feed and is carried by every task fact.</summary>
/// <remarks>Of two views of one task the one with the higher <see cref="Version"/> is the newer.</remarks>
public sealed record TaskView
{
    /// <summary>The id, chosen by whoever created the task.</summary>
    public required Guid TaskId { get; init; }

    /// <summary>Whose it is.</summary>
    public required Guid OwnerId { get; init; }

    /// <summary>One line, 1 to 500 characters. Hostile text: escape it where it is shown.</summary>
    public required string Title { get; init; }

    /// <summary>Markdown, up to 16,000 characters. Hostile text as well.</summary>
    public string? Notes { get; init; }

    /// <summary>Where it stands.</summary>
    public TaskState State { get; init; }

    /// <summary>1 (most pressing) to 4 (none).</summary>
    public int Priority { get; set; } = 4;

    /// <summary>The project; null is the inbox.</summary>
    public Guid? ProjectId { get; init; }

    /// <summary>The section of that project; null is its head.</summary>
    public Guid? SectionId { get; init; }

    /// <summary>The task this one is a part of.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>Labels by name, in the order given.</summary>
    public IReadOnlyList<string> Labels { get; set; } = [];

    /// <summary>When work on it can start.</summary>
    public Due? Start { get; init; }

    /// <summary>When it is to be done.</summary>
    public Due? Due { get; init; }

    /// <summary>The day after which it is too late.</summary>
    public DateOnly? Deadline { get; init; }

    /// <summary>How long it takes, in minutes.</summary>
    public int? EstimateMinutes { get; init; }

    /// <summary>Its reminders.</summary>
    public IReadOnlyList<Reminder> Reminders { get; set; } = [];

    /// <summary>How it repeats; null for a task done once.</summary>
    public RecurrenceRule? Recurrence { get; init; }

    /// <summary>The series it belongs to: the id of the series' first task.</summary>
    public Guid? SeriesId { get; init; }

    /// <summary>Which occurrence of the series this is, from 1.</summary>
    public int? Occurrence { get; init; }

    /// <summary>The owner's zone when this version was made (IANA); what floating dates and all-day reminders are read in.</summary>
    public string Zone { get; set; } = "UTC";

    /// <summary>The owner's time of day for reminders of dates without one, when this version was made; null means 09:00.</summary>
    public TimeOnly? AllDayTime { get; init; }

    /// <summary>Its place among its siblings: sort by this text, ordinally, then by id.</summary>
    public string Order { get; set; } = "";

    /// <summary>When it came to be.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it was completed.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>When it went to the trash; it stays there for 30 days.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Counts the changes to this task, from 1.</summary>
    public long Version { get; init; }
}
