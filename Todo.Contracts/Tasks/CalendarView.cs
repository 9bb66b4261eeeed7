namespace Todo.Contracts.Tasks;

/// <summary>What falls on the days of a calendar.</summary>
/// <param name="Tasks">Open and completed tasks due in the range.</param>
/// <param name="Upcoming">Occurrences that repeating tasks will have, if nothing is done early, late or skipped.</param>
public sealed record CalendarView(IReadOnlyList<TaskView> Tasks, IReadOnlyList<FutureOccurrence> Upcoming);

/// <summary>A day on which a repeating task will come again.</summary>
/// <param name="TaskId">The open occurrence it follows from.</param>
/// <param name="Due">When.</param>
public sealed record FutureOccurrence(Guid TaskId, Due Due);
