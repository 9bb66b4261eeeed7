using Todo.Contracts.Recurrence;
using Todo.Contracts.Tasks;
using Todo.Web.Dates;

namespace Todo.Web.Calendar;

/// <summary>What stands on which day: tasks that are due, and the shadows of occurrences to come.</summary>
public static class CalendarPlan
{
    public static ILookup<DateOnly, Entry> Of(IEnumerable<TaskView> tasks, DateOnly first, DateOnly last, UserClock clock) => tasks
        .SelectMany(task => Entries(task, first, last, clock))
        .OrderBy(entry => entry.Time ?? TimeOnly.MinValue)
        .ThenBy(entry => entry.Task.Priority)
        .ToLookup(entry => entry.Day);

    private static IEnumerable<Entry> Entries(TaskView task, DateOnly first, DateOnly last, UserClock clock)
    {
        var (day, time) = clock.Shown(task.Due!);
        if (day >= first && day <= last)
            yield return new(task, day, time, IsGhost: false);

        // A series counted from completion has no future that could be drawn.
        if (task.State != TaskState.Open || task.Recurrence is not { Mode: not RecurrenceMode.AfterCompletion } recurrence)
            yield break;
        var from = recurrence.Anchor ?? task.Due!.Date;
        foreach (var next in RuleDates.After(recurrence, from, day > first ? day : first.AddDays(-1), 42).TakeWhile(next => next <= last))
        {
            if (next > day)
                yield return new(task, next, time, IsGhost: true);
        }
    }

    public sealed record Entry(TaskView Task, DateOnly Day, TimeOnly? Time, bool IsGhost);
}
