using NodaTime;
using Todo.Contracts.Recurrence;
using Todo.Contracts.Reminders;
using Todo.Contracts.Tasks;
using Todo.Workers.Calendar;

namespace Todo.Workers.Recurrence;

/// <summary>A task moved to its next due date: everything dated moves by as many calendar days and keeps its wall-clock time.</summary>
internal static class NextOccurrenceOfTask
{
    /// <param name="task">The occurrence that was closed.</param>
    /// <param name="seriesId">The series.</param>
    /// <param name="occurrence">The number of the new one.</param>
    /// <param name="was">When the closed one was due, for the case that its date was taken away.</param>
    /// <param name="due">When the new one is due.</param>
    /// <param name="now">When it is asked for.</param>
    public static CreateOccurrence MovedTo(this TaskView task, Guid seriesId, int occurrence, Due was, Due due, DateTimeOffset now)
    {
        var days = due.Date.DayNumber - (task.Due ?? was).Date.DayNumber;
        var zone = WallClock.Zone(task.Zone);
        return new CreateOccurrence(
            IdOf(seriesId, occurrence),
            task.OwnerId,
            seriesId,
            occurrence,
            task.TaskId,
            due,
            task.Start is { } start ? start with { Date = start.Date.AddDays(days) } : null,
            task.Deadline?.AddDays(days),
            [.. task.Reminders.Select(reminder => reminder.PlusDays(days, zone))],
            now);
    }

    /// <summary>The same series and number always name the same task, so that asking twice makes one.</summary>
    public static Guid IdOf(Guid seriesId, int occurrence) => NamedId.Of(seriesId, $"occurrence {occurrence}");

    private static Reminder PlusDays(this Reminder reminder, int days, DateTimeZone zone) =>
        reminder.At is { } at ? reminder with { At = WallClock.PlusDays(at, days, zone) } : reminder;
}
