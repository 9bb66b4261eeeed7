using MassTransit;

namespace Todo.Workers.Reminders;

/// <summary>What the reminder saga knows about one task. The correlation id is the task's.</summary>
internal sealed class ReminderState : SagaStateMachineInstance
{
    public Guid CorrelationId { get; set; }

    public string CurrentState { get; set; } = "";

    public Guid OwnerId { get; set; }

    public string Title { get; set; } = "";

    /// <summary>The version of the task as last heard; older facts are ignored.</summary>
    public long Version { get; set; }

    public bool IsOpen { get; set; }

    public ReminderPlan Plan { get; set; } = ReminderPlan.Empty;

    /// <summary>The one timer, for the earliest pending reminder, and when it is due.</summary>
    public Guid? TimerToken { get; set; }

    public DateTimeOffset? TimerAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public bool NeedsAnotherTimer => Plan.Next is { } next && (TimerToken is null || TimerAt != next);
}
