namespace Todo.Contracts.Commands;

/// <summary>Reminds again later. The reminder itself stays as it is defined.</summary>
/// <param name="TaskId">The task; the record's key.</param>
/// <param name="UserId">The user it acts for: whose access token signs it.</param>
/// <param name="ReminderId">Which of the task's reminders.</param>
/// <param name="Until">When to remind again: later than now, within a year.</param>
[Message("todo.task.snooze.v1", Topics.TaskCommands)]
public sealed record SnoozeReminderCommand(Guid TaskId, Guid UserId, Guid ReminderId, DateTimeOffset Until) : ITaskCommand;
