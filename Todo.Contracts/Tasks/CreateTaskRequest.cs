using Todo.Contracts.Recurrence;
using Todo.Contracts.Reminders;

namespace Todo.Contracts.Tasks;

/// <summary>POST /api/v1/tasks. Only the title is needed.</summary>
public sealed record CreateTaskRequest
{
    /// <summary>The id the client chose, so that it can show the task before the answer; null lets the server choose.</summary>
    public Guid? TaskId { get; init; }

    /// <summary>One line, 1 to 500 characters.</summary>
    public string? Title { get; init; }

    /// <summary>Markdown, up to 16,000 characters.</summary>
    public string? Notes { get; init; }

    /// <summary>1 (most pressing) to 4 (none).</summary>
    public int Priority { get; set; } = 4;

    /// <summary>The project; null is the inbox.</summary>
    public Guid? ProjectId { get; init; }

    /// <summary>The section of that project.</summary>
    public Guid? SectionId { get; init; }

    /// <summary>The task this one is a part of.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>Labels by name, at most 20, each 1 to 60 characters.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>When work can start.</summary>
    public Due? Start { get; init; }

    /// <summary>When it is to be done.</summary>
    public Due? Due { get; init; }

    /// <summary>The day after which it is too late.</summary>
    public DateOnly? Deadline { get; init; }

    /// <summary>Minutes, 1 to 100,000.</summary>
    public int? EstimateMinutes { get; init; }

    /// <summary>At most 20 reminders.</summary>
    public IReadOnlyList<Reminder>? Reminders { get; init; }

    /// <summary>How it repeats; needs a due date.</summary>
    public RecurrenceRule? Recurrence { get; init; }

    /// <summary>The IANA zone of the person asking; null takes the one from their preferences.</summary>
    public string? Zone { get; init; }
}
