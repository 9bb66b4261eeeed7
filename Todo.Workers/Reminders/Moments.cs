using NodaTime;
using Todo.Contracts.Reminders;
using Todo.Contracts.Tasks;
using Todo.Workers.Calendar;

namespace Todo.Workers.Reminders;

/// <summary>When each reminder of a task is to fire, read from the task alone.</summary>
internal static class Moments
{
    private const int MinutesADay = 24 * 60;

    private static readonly TimeOnly AllDay = new(9, 0);

    public static IEnumerable<PlannedReminder> PlannedReminders(this TaskView task) =>
        from reminder in task.Reminders
        let at = reminder.At ?? task.Before(reminder.Anchor, reminder.MinutesBefore ?? 0)
        where at is not null
        select new PlannedReminder(reminder.ReminderId, at.Value.ToUniversalTime(), reminder.Urgent);

    /// <summary>Null while the task has no such date: the reminder sleeps until it gets one.</summary>
    private static DateTimeOffset? Before(this TaskView task, ReminderAnchor anchor, int minutes) => anchor switch
    {
        ReminderAnchor.Start => task.Before(task.Start, minutes),
        ReminderAnchor.Deadline => task.Before(task.Deadline is { } day ? new Due(day) : null, minutes),
        _ => task.Before(task.Due, minutes),
    };

    // Whole days before are calendar days at the same wall-clock time; what is left of the minutes is elapsed time.
    private static DateTimeOffset? Before(this TaskView task, Due? date, int minutes) =>
        date is null
            ? null
            : WallClock.At(date.Date.AddDays(-(minutes / MinutesADay)), date.Time ?? task.AllDayTime ?? AllDay, task.ZoneOf(date))
                .AddMinutes(-(minutes % MinutesADay));

    private static DateTimeZone ZoneOf(this TaskView task, Due date) => WallClock.Zone(date.Zone ?? task.Zone);
}
