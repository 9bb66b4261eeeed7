namespace Todo.Contracts.Tasks;

/// <summary>POST /api/v1/tasks/{taskId}/reminders/{reminderId}/snooze.</summary>
/// <param name="Until">When to remind again: later than now, within a year.</param>
public sealed record SnoozeRequest(DateTimeOffset Until);
