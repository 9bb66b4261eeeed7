using Todo.Contracts.Recurrence;
using Todo.Contracts.Tasks;

namespace Todo.Web.Recurrence;

/// <summary>Where a repeat rule leads, for people to look at before it happens. The saga of the series has the last word.</summary>
public static class Occurrences
{
    // A rule that finds nothing in so many steps (the 30th of every February) finds nothing.
    private const int MostSteps = 1200;

    /// <summary>The days of a rule after <paramref name="after"/>, counted from its first day.</summary>
    public static IEnumerable<DateOnly> Of(RuleParts rule, DateOnly first, DateOnly after)
    {
        var counted = 0;
        for (var step = 0; step < MostSteps; step++)
        {
            foreach (var day in Period(rule, first, step).Where(day => day >= first).Distinct().Order())
            {
                if (rule.Until < day || (rule.Count is { } most && counted >= most))
                    yield break;
                counted++;
                if (day > after)
                    yield return day;
            }
        }
    }

    /// <summary>When the next occurrence of a repeating task falls if this one is closed now; null when it is the last, or does not repeat.</summary>
    public static Due? After(TaskView task, DateTime localNow)
    {
        if (task is not { Recurrence: { } recurrence, Due: { } due } || RuleParts.Parse(recurrence.Rule) is not { } rule)
            return null;

        var today = DateOnly.FromDateTime(localNow);
        var first = recurrence.Anchor ?? due.Date;
        if (recurrence.Mode == RecurrenceMode.AfterCompletion)
        {
            // Counted from today, but never the same day again and never back in time.
            var from = rule.HasPlaces ? first : today;
            var after = today > due.Date ? today : due.Date;
            return Next(rule with { Count = null }, from, after, due);
        }

        // On the schedule: after this one, and unless missed ones are kept, after this moment.
        var missed = recurrence.Mode == RecurrenceMode.SkipMissed && today >= due.Date;
        var laterToday = due.Time is { } at && at > TimeOnly.FromDateTime(localNow);
        var past = missed ? (laterToday ? today.AddDays(-1) : today) : due.Date;
        return Next(rule, first, past > due.Date ? past : due.Date, due);
    }

    private static Due? Next(RuleParts rule, DateOnly first, DateOnly after, Due due)
    {
        foreach (var day in Of(rule, first, after))
            return due with { Date = day };
        return null;
    }

    private static IEnumerable<DateOnly> Period(RuleParts rule, DateOnly first, int step) => rule.Frequency switch
    {
        Frequency.Daily => Days(first.AddDays(step * rule.Interval), rule),
        Frequency.Weekly => Week(rule, first, step),
        Frequency.Monthly => Month(rule, first.AddDays(1 - first.Day).AddMonths(step * rule.Interval), first.Day),
        _ => Year(rule, first, step),
    };

    private static IEnumerable<DateOnly> Days(DateOnly day, RuleParts rule) =>
        rule.Days.Count == 0 || rule.Days.Any(d => d.Day == day.DayOfWeek) ? [day] : [];

    private static IEnumerable<DateOnly> Week(RuleParts rule, DateOnly first, int step)
    {
        var start = first.AddDays(-(((int)first.DayOfWeek - (int)rule.WeekStart + 7) % 7)).AddDays(7 * step * rule.Interval);
        return rule.Days.Count == 0
            ? [first.AddDays(7 * step * rule.Interval)]
            : rule.Days.Select(d => start.AddDays(((int)d.Day - (int)rule.WeekStart + 7) % 7));
    }

    private static IEnumerable<DateOnly> Month(RuleParts rule, DateOnly month, int anchor)
    {
        var days = DateTime.DaysInMonth(month.Year, month.Month);
        if (rule.MonthDays.Count > 0)
        {
            // A month without that day takes its last one, so that the 31st means the end of every month.
            return rule.MonthDays.Select(n => month.AddDays(n < 0 ? Math.Max(0, days + n) : Math.Min(n, days) - 1));
        }

        return rule.Days.Count > 0
            ? rule.Days.SelectMany(d => Weekdays(month, days, d))
            : [month.AddDays(Math.Min(anchor, days) - 1)];
    }

    private static List<DateOnly> Weekdays(DateOnly month, int days, PlacedDay place)
    {
        var all = Enumerable.Range(0, days).Select(n => month.AddDays(n)).Where(day => day.DayOfWeek == place.Day).ToList();
        return place.Nth switch
        {
            null => all,
            > 0 and var n when n <= all.Count => [all[n - 1]],
            < 0 and var n when -n <= all.Count => [all[all.Count + n]],
            _ => [],
        };
    }

    private static IEnumerable<DateOnly> Year(RuleParts rule, DateOnly first, int step)
    {
        var year = first.Year + (step * rule.Interval);
        return year > 9000 ? [] : Month(rule, new DateOnly(year, rule.Month ?? first.Month, 1), first.Day);
    }
}
