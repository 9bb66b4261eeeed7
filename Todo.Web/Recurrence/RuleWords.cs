using Todo.Contracts.Recurrence;
using Todo.Web.Dates;

namespace Todo.Web.Recurrence;

/// <summary>A repeat rule in words: "every 2 weeks on Mon, Thu".</summary>
public static class RuleWords
{
    public static string Of(RecurrenceRule recurrence)
    {
        if (RuleParts.Parse(recurrence.Rule) is not { } rule)
            return recurrence.Rule;

        var words = Every(rule) + Places(rule);
        if (rule.Until is { } until)
            words += $" until {DateWords.DayMonth(until)}";
        if (rule.Count is { } count)
            words += $", {count} times";
        return recurrence.Mode switch
        {
            RecurrenceMode.AfterCompletion => words + ", after completion",
            RecurrenceMode.KeepMissed => words + ", keeping missed ones",
            _ => words,
        };
    }

    private static string Every(RuleParts rule)
    {
        if (IsWorkdays(rule))
            return "every workday";
        var unit = rule.Frequency switch
        {
            Frequency.Daily => "day",
            Frequency.Weekly => "week",
            Frequency.Monthly => "month",
            _ => "year",
        };
        return rule.Interval == 1 ? $"every {unit}" : $"every {rule.Interval} {unit}s";
    }

    private static string Places(RuleParts rule)
    {
        if (IsWorkdays(rule))
            return "";
        if (rule.MonthDays.Count > 0)
            return " on the " + string.Join(", ", rule.MonthDays.Select(day => day == -1 ? "last day" : Ordinal(day)));
        return rule.Days.Count > 0
            ? " on " + string.Join(", ", rule.Days.Select(day => (day.Nth is { } nth ? (nth == -1 ? "the last " : $"the {Ordinal(nth)} ") : "") + day.Day.ToString()[..3]))
            : "";
    }

    private static bool IsWorkdays(RuleParts rule) =>
        rule is { Frequency: Frequency.Weekly, Interval: 1, Days.Count: 5 } && rule.Days.All(day => day.Day is not (DayOfWeek.Saturday or DayOfWeek.Sunday));

    private static string Ordinal(int n) => n + ((n % 100) is >= 11 and <= 13 ? "th" : (n % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" });
}
