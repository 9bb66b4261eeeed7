using Todo.Contracts.Recurrence;
using Todo.Contracts.Tasks;

namespace Todo.Web.Recurrence;

/// <summary>Where a repeat rule leads, for people to look at before it happens. The saga of the series has the last word.</summary>
public static class Occurrences
{
    /// <summary>When the next occurrence of a repeating task falls if this one is closed now; null when it is the last, or does not repeat.</summary>
    public static Due? After(TaskView task, DateTime localNow)
    {
        if (task is not { Recurrence: { } recurrence, Due: { } due } || !RuleText.TryParse(recurrence.Rule, out var rule, out _))
            return null;

        var today = DateOnly.FromDateTime(localNow);
        var first = recurrence.Anchor ?? due.Date;
        if (recurrence.Mode == RecurrenceMode.AfterCompletion)
        {
            // Counted from today, but never the same day again and never back in time.
            var from = rule is { Days.Count: 0, MonthDays.Count: 0, Months.Count: 0 } ? today : first;
            var after = today > due.Date ? today : due.Date;
            return Next(rule with { Count = null }, from, after, due);
        }

        // On the schedule: after this one, and unless missed ones are kept, after this moment.
        var missed = recurrence.Mode == RecurrenceMode.SkipMissed && today >= due.Date;
        var laterToday = due.Time is { } at && at > TimeOnly.FromDateTime(localNow);
        var past = missed ? (laterToday ? today.AddDays(-1) : today) : due.Date;
        return Next(rule, first, past > due.Date ? past : due.Date, due);
    }

    private static Due? Next(RuleText rule, DateOnly first, DateOnly after, Due due)
    {
        foreach (var day in RuleDates.Days(rule, first).SkipWhile(day => day <= after))
            return due with { Date = day };
        return null;
    }
}
