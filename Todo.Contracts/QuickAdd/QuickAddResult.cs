using Todo.Contracts.Recurrence;
using Todo.Contracts.Tasks;

namespace Todo.Contracts.QuickAdd;

/// <summary>What a line says: a title, and the values that its tokens resolved to.</summary>
public sealed record QuickAddResult
{
    /// <summary>The line without its tokens.</summary>
    public required string Title { get; init; }

    /// <summary>What followed <c>//</c>.</summary>
    public string? Notes { get; init; }

    /// <summary>The project's name; whoever reads it finds the id, or offers to create it.</summary>
    public string? Project { get; init; }

    /// <summary>The section's name.</summary>
    public string? Section { get; init; }

    /// <summary>Label names, each once.</summary>
    public IReadOnlyList<string> Labels { get; set; } = [];

    /// <summary>Who is to do it, by name.</summary>
    public string? Assignee { get; init; }

    /// <summary>1 to 4.</summary>
    public int Priority { get; set; } = 4;

    /// <summary>When it is due.</summary>
    public Due? Due { get; init; }

    /// <summary>How it repeats.</summary>
    public RecurrenceRule? Recurrence { get; init; }

    /// <summary>The day after which it is too late.</summary>
    public DateOnly? Deadline { get; init; }

    /// <summary>Minutes.</summary>
    public int? EstimateMinutes { get; init; }

    /// <summary>Reminders: minutes before the due date, or an instant.</summary>
    public IReadOnlyList<QuickReminder> Reminders { get; set; } = [];

    /// <summary>The pieces understood, in the order of the line.</summary>
    public IReadOnlyList<QuickToken> Tokens { get; set; } = [];
}

/// <summary>A reminder as typed; exactly one of the two is set.</summary>
/// <param name="MinutesBefore">Minutes before the due date.</param>
/// <param name="At">An instant.</param>
public sealed record QuickReminder(int? MinutesBefore, DateTimeOffset? At);
