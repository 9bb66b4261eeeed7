using System.Globalization;
using Todo.Contracts.Recurrence;
using Todo.Contracts.Reminders;
using Todo.Contracts.Tasks;

namespace Todo.Web.Tests.Tasks;

/// <summary>A valid task; a test spells out only what matters to it.</summary>
internal static class ATask
{
    public static readonly Guid Owner = new("0190aaaa-0000-7000-8000-000000000001");

    public static DateOnly Day(string day) => DateOnly.Parse(day, CultureInfo.InvariantCulture);

    public static TimeOnly Clock(string time) => TimeOnly.Parse(time, CultureInfo.InvariantCulture);

    public static TaskView Called(string title, string order = "U1") => new()
    {
        TaskId = Guid.NewGuid(),
        OwnerId = Owner,
        Title = title,
        Order = order,
        Version = 1,
    };

    public static TaskView Due(this TaskView task, string day, string? time = null) =>
        task with { Due = new(Day(day), time is null ? null : Clock(time)) };

    public static TaskView Repeating(this TaskView task, string rule, RecurrenceMode mode = RecurrenceMode.SkipMissed) =>
        task with { Recurrence = new(rule, mode) };

    public static TaskView Reminding(this TaskView task, Reminder reminder) => task with { Reminders = [.. task.Reminders, reminder] };

    public static TaskView Version(this TaskView task, long version) => task with { Version = version };
}
