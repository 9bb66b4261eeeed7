namespace Todo.Contracts.Reminders;

/// <summary>A reminder's moment has come. Delivery is somebody else's business.</summary>
/// <remarks>One per (reminder, expected moment); it may come more than once. Key: task id.</remarks>
/// <param name="TaskId">The task.</param>
/// <param name="OwnerId">Whom to remind.</param>
/// <param name="ReminderId">Which reminder; with <paramref name="ExpectedAt"/> it names this delivery for ever.</param>
/// <param name="Title">The task's title when the moment came. Hostile text.</param>
/// <param name="ExpectedAt">When it should have fired.</param>
/// <param name="FiredAt">When it did.</param>
/// <param name="Urgent">True when it may pass quiet hours.</param>
/// <param name="Snoozed">True when a snooze brought it back.</param>
[Message("todo.reminder.due.v1", Topics.Reminders)]
public sealed record ReminderDue(
    Guid TaskId,
    Guid OwnerId,
    Guid ReminderId,
    string Title,
    DateTimeOffset ExpectedAt,
    DateTimeOffset FiredAt,
    bool Urgent = false,
    bool Snoozed = false);
