using Todo.Contracts.Reminders;
using Todo.Contracts.Tasks;
using Todo.Web.Dates;

namespace Todo.Web.Reminders;

/// <summary>Reminders in words, and the moments they mean.</summary>
public static class ReminderWords
{
    public static string All(TaskView task, UserClock clock) =>
        "Reminders: " + Each(task, clock);

    public static string Each(TaskView task, UserClock clock) => string.Join(", ", task.Reminders.Select(reminder => Of(reminder, task, clock)));

    public static string Of(Reminder reminder, TaskView task, UserClock clock) => reminder switch
    {
        { At: { } at } => DateWords.Moment(at, clock),
        { MinutesBefore: { } minutes } => Before(minutes, reminder.Anchor, task.Due?.Time is null),
        _ => "never",
    };

    /// <summary>When it rings as things stand; null while it has nothing to count from.</summary>
    public static DateTimeOffset? RingsAt(Reminder reminder, TaskView task, UserClock clock)
    {
        if (reminder.At is { } at)
            return at;
        var anchor = reminder.Anchor switch
        {
            ReminderAnchor.Start => task.Start,
            ReminderAnchor.Deadline => task.Deadline is { } day ? new Due(day) : null,
            _ => task.Due,
        };
        if (anchor is null)
            return null;
        var (date, time) = clock.Shown(anchor);
        return clock.At(date.ToDateTime(time ?? clock.AllDayTime)).AddMinutes(-(reminder.MinutesBefore ?? 0));
    }

    public static string Before(int minutes, ReminderAnchor anchor, bool allDay)
    {
        var what = anchor switch { ReminderAnchor.Start => "start", ReminderAnchor.Deadline => "deadline", _ => "due" };
        return minutes switch
        {
            0 => allDay ? "on the day" : $"when {what}",
            < 60 => $"{minutes} min before",
            < 1440 when minutes % 60 == 0 => minutes == 60 ? "1 hour before" : $"{minutes / 60} hours before",
            _ when minutes % 10080 == 0 => minutes == 10080 ? "1 week before" : $"{minutes / 10080} weeks before",
            _ when minutes % 1440 == 0 => minutes == 1440 ? "1 day before" : $"{minutes / 1440} days before",
            _ => $"{minutes / 60} h {minutes % 60} min before",
        };
    }
}
