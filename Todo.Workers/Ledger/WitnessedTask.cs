using Todo.Contracts.Tasks;
using Todo.Workers.Reminders;

namespace Todo.Workers.Ledger;

/// <summary>A task as the witness last heard of it, and what it expects of its reminders.</summary>
internal sealed class WitnessedTask
{
    public Guid TaskId { get; init; }

    public Guid? OwnerId { get; set; }

    public long Version { get; set; }

    /// <summary>The task as of that version; null while only a reminder of it was heard.</summary>
    public TaskView? Task { get; set; }

    public DateTimeOffset OccurredAt { get; set; }

    public Guid ActorId { get; set; }

    public ReminderPlan Plan { get; set; } = ReminderPlan.Empty;

    public DateTimeOffset HeardAt { get; set; }
}
