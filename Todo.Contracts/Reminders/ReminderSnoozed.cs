namespace Todo.Contracts.Reminders;

/// <summary>Somebody asked to be reminded again later. The reminder's definition stays as it was.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="OwnerId">Whose it is.</param>
/// <param name="ReminderId">Which reminder.</param>
/// <param name="Until">When to remind again.</param>
/// <param name="ActorId">Who asked.</param>
/// <param name="OccurredAt">When they asked.</param>
[Message("todo.reminder.snoozed.v1", Topics.TaskEvents)]
public sealed record ReminderSnoozed(
    Guid TaskId,
    Guid OwnerId,
    Guid ReminderId,
    DateTimeOffset Until,
    Guid ActorId,
    DateTimeOffset OccurredAt);
