namespace Todo.Contracts.Recurrence;

/// <summary>Asks the Api to take back an occurrence because the one before it was reopened: it waits in the trash, and comes again when asked for.</summary>
/// <param name="TaskId">The occurrence to take back.</param>
/// <param name="OwnerId">Whose it is.</param>
/// <param name="SeriesId">The series.</param>
/// <param name="OccurredAt">When the saga asked.</param>
[Message("todo.task.withdraw-occurrence.v1", Topics.TrustedTaskCommands, Ours = true)]
public sealed record WithdrawOccurrence(
    Guid TaskId,
    Guid OwnerId,
    Guid SeriesId,
    DateTimeOffset OccurredAt);
