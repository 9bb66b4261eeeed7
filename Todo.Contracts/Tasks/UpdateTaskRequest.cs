using Todo.Contracts.Recurrence;
using Todo.Contracts.Reminders;

namespace Todo.Contracts.Tasks;

/// <summary>PATCH /api/v1/tasks/{taskId}: a JSON merge patch. Only what is sent is touched; null clears.</summary>
/// <remarks>
/// Setting a property is sending it: <c>new UpdateTaskRequest { Due = null }</c> clears the due date and nothing else.
/// </remarks>
public sealed class UpdateTaskRequest : Patch
{
    /// <summary>One line, 1 to 500 characters; cannot be cleared.</summary>
    public string? Title { get; set => field = Set(value, "title"); }

    /// <summary>Markdown, up to 16,000 characters.</summary>
    public string? Notes { get; set => field = Set(value, "notes"); }

    /// <summary>1 (most pressing) to 4 (none); null means 4.</summary>
    public int? Priority { get; set => field = Set(value, "priority"); }

    /// <summary>The project; null moves the task to the inbox. Its sub-tasks go along, and it leaves its section unless the new one is sent too.</summary>
    public Guid? ProjectId { get; set => field = Set(value, "projectId"); }

    /// <summary>The section of the project; null moves the task to the project's head. Its sub-tasks go along.</summary>
    public Guid? SectionId { get; set => field = Set(value, "sectionId"); }

    /// <summary>The task this one is a part of.</summary>
    public Guid? ParentId { get; set => field = Set(value, "parentId"); }

    /// <summary>All labels, replacing those before.</summary>
    public IReadOnlyList<string>? Labels { get; set => field = Set(value, "labels"); }

    /// <summary>When work can start.</summary>
    public Due? Start { get; set => field = Set(value, "start"); }

    /// <summary>When it is to be done.</summary>
    public Due? Due { get; set => field = Set(value, "due"); }

    /// <summary>The day after which it is too late.</summary>
    public DateOnly? Deadline { get; set => field = Set(value, "deadline"); }

    /// <summary>Minutes, 1 to 100,000.</summary>
    public int? EstimateMinutes { get; set => field = Set(value, "estimateMinutes"); }

    /// <summary>All reminders, replacing those before.</summary>
    public IReadOnlyList<Reminder>? Reminders { get; set => field = Set(value, "reminders"); }

    /// <summary>How it repeats; null ends the series with this task.</summary>
    public RecurrenceRule? Recurrence { get; set => field = Set(value, "recurrence"); }

    /// <summary>Its place among its siblings; see <see cref="TaskView.Order"/>.</summary>
    public string? Order { get; set => field = Set(value, "order"); }
}
