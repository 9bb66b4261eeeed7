namespace Todo.Contracts.Reminders;

/// <summary>One reminder of a task: at an instant, or some minutes before one of the task's dates. Exactly one of the two is set.</summary>
/// <param name="ReminderId">Names the reminder for as long as the task lives, across edits and occurrences.</param>
/// <param name="At">An absolute reminder: this instant. On recurrence it moves by as many calendar days as the due date.</param>
/// <param name="MinutesBefore">A relative reminder: this many minutes before the anchor; it moves when the anchor moves.</param>
/// <param name="Anchor">What a relative reminder counts from.</param>
/// <param name="Urgent">True when it may pass quiet hours.</param>
public sealed record Reminder(
    Guid ReminderId,
    DateTimeOffset? At = null,
    int? MinutesBefore = null,
    ReminderAnchor Anchor = ReminderAnchor.Due,
    bool Urgent = false);
