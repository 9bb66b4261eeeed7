namespace Todo.Workers.Reminders;

/// <summary>The earliest reminder of a task has come due. Private to Workers; comes back on the task's key.</summary>
public sealed record ReminderTimeout(Guid TaskId, DateTimeOffset DueAt);
