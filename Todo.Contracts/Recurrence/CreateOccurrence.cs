using Todo.Contracts.Reminders;
using Todo.Contracts.Tasks;

namespace Todo.Contracts.Recurrence;

/// <summary>Asks the Api for the next task of a series, as a copy of the one before it. Asking twice makes one task.</summary>
/// <remarks>Sent by the recurrence saga only. <see cref="TaskId"/> is derived from series and occurrence, which is what makes it safe to repeat.</remarks>
/// <param name="TaskId">The id the new task will have.</param>
/// <param name="OwnerId">Whose it will be.</param>
/// <param name="SeriesId">The series.</param>
/// <param name="Occurrence">Which occurrence it is, from 1.</param>
/// <param name="PreviousTaskId">The task to copy title, notes, labels, project and rule from.</param>
/// <param name="Due">When the new occurrence is due.</param>
/// <param name="Start">When work on it can start, moved along with the due date.</param>
/// <param name="Deadline">Its deadline, moved along with the due date.</param>
/// <param name="Reminders">Its reminders: relative ones as they were, absolute ones moved along.</param>
/// <param name="OccurredAt">When the saga asked.</param>
[Message("todo.task.create-occurrence.v1", Topics.TrustedTaskCommands, Ours = true)]
public sealed record CreateOccurrence(
    Guid TaskId,
    Guid OwnerId,
    Guid SeriesId,
    int Occurrence,
    Guid PreviousTaskId,
    Due Due,
    Due? Start,
    DateOnly? Deadline,
    IReadOnlyList<Reminder> Reminders,
    DateTimeOffset OccurredAt);
