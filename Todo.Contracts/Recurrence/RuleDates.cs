namespace Todo.Contracts.Recurrence;

/// <summary>The days a rule falls on, for previews and calendars. Pure calendar arithmetic: no zones, no clocks.</summary>
/// <remarks>The recurrence saga decides what really comes next; this shows the same days as long as nothing is completed early, late or skipped.</remarks>
public static class RuleDates
{
    /// <summary>How many empty periods are searched before a rule counts as one that never comes.</summary>
    private const int Patience = 400;

    /// <summary>The first day on or after another that the rule, anchored there, falls on; null when there is none.</summary>
    public static DateOnly? FirstOnOrAfter(string rule, DateOnly from) =>
        RuleText.TryParse(rule, out var parsed, out _) ? Days(parsed with { Count = null, Interval = 1 }, from).Cast<DateOnly?>().FirstOrDefault() : null;

    /// <summary>The days after <paramref name="after"/> of a series anchored at a day; at most <paramref name="most"/>.</summary>
    public static IReadOnlyList<DateOnly> After(RecurrenceRule rule, DateOnly anchor, DateOnly after, int most = 5) =>
        RuleText.TryParse(rule.Rule, out var parsed, out _)
            ? [.. Days(parsed, rule.Anchor ?? anchor).SkipWhile(day => day <= after).Take(most)]
            : [];

    /// <summary>The days of a series, ascending. A monthly or yearly rule without a day keeps the anchor's, or the month's last where it has fewer.</summary>
    public static IEnumerable<DateOnly> Days(RuleText rule, DateOnly anchor)
    {
        var (found, empty) = (0, 0);
        for (var period = 0; empty < Patience; period++)
        {
            empty++;
            foreach (var day in InPeriod(rule, anchor, period))
            {
                if (day < anchor)
                    continue;
                if (day > rule.Until || found++ == rule.Count)
                    yield break;
                empty = 0;
                yield return day;
            }

            if (PeriodStart(rule, anchor, period) is not { } start || start.Year > 2200 || start > rule.Until)
                yield break;
        }
    }

    private static DateOnly? PeriodStart(RuleText rule, DateOnly anchor, int period)
    {
        var step = (long)period * rule.Interval;
        return rule.Frequency switch
        {
            "DAILY" when step < 800_000 => anchor.AddDays((int)Math.Min(step, DateOnly.MaxValue.DayNumber - anchor.DayNumber)),
            "WEEKLY" when step < 100_000 => anchor.AddDays((int)Math.Min(7 * step, DateOnly.MaxValue.DayNumber - anchor.DayNumber)),
            "MONTHLY" when anchor.Year + step / 12 < 9_990 => new DateOnly(anchor.Year, anchor.Month, 1).AddMonths((int)step),
            "YEARLY" when anchor.Year + step < 9_990 => new DateOnly(anchor.Year, 1, 1).AddYears((int)step),
            _ => null,
        };
    }

    private static IEnumerable<DateOnly> InPeriod(RuleText rule, DateOnly anchor, int period)
    {
        if (PeriodStart(rule, anchor, period) is not { } start)
            return [];
        var days = rule.Frequency switch
        {
            "DAILY" => Fits(rule, start) ? [start] : [],
            "WEEKLY" => InWeek(rule, anchor, start),
            "MONTHLY" => InMonth(rule, anchor, start),
            _ => InYear(rule, anchor, start),
        };
        return Positioned(rule, days);
    }

    private static bool Fits(RuleText rule, DateOnly day) =>
        (rule.Months.Count == 0 || rule.Months.Contains(day.Month))
        && (rule.Days.Count == 0 || rule.Days.Any(d => d.Day == day.DayOfWeek))
        && (rule.MonthDays.Count == 0 || rule.MonthDays.Any(d => d == day.Day || d == day.Day - DateTime.DaysInMonth(day.Year, day.Month) - 1));

    private static List<DateOnly> InWeek(RuleText rule, DateOnly anchor, DateOnly inWeek)
    {
        var monday = inWeek.AddDays(-(((int)inWeek.DayOfWeek - (int)rule.WeekStart + 7) % 7));
        var wanted = rule.Days.Count == 0 ? [anchor.DayOfWeek] : rule.Days.Select(d => d.Day).ToHashSet();
        return [.. Enumerable.Range(0, 7).Select(i => monday.AddDays(i)).Where(day => wanted.Contains(day.DayOfWeek) && (rule.Months.Count == 0 || rule.Months.Contains(day.Month)))];
    }

    private static List<DateOnly> InMonth(RuleText rule, DateOnly anchor, DateOnly first)
    {
        if (rule.Months.Count > 0 && !rule.Months.Contains(first.Month))
            return [];
        var length = DateTime.DaysInMonth(first.Year, first.Month);
        if (rule.Days.Count == 0 && rule.MonthDays.Count == 0)
            return [first.AddDays(Math.Min(anchor.Day, length) - 1)];

        return [.. Enumerable.Range(0, length).Select(i => first.AddDays(i)).Where(day =>
            (rule.MonthDays.Count == 0 || rule.MonthDays.Any(d => (d > 0 ? Math.Min(d, Clamp(rule, d, length)) : length + d + 1) == day.Day))
            && (rule.Days.Count == 0 || rule.Days.Any(d => d.Day == day.DayOfWeek && IsNth(d.Nth, day.Day, length))))];
    }

    /// <summary>A single wanted day that the month has not got is its last one; in a list of days it is left out.</summary>
    private static int Clamp(RuleText rule, int day, int length) => rule.MonthDays.Count == 1 && rule.Days.Count == 0 ? Math.Min(day, length) : day;

    private static List<DateOnly> InYear(RuleText rule, DateOnly anchor, DateOnly january)
    {
        var months = rule.Months.Count > 0 ? rule.Months.Order() : rule.Days.Count > 0 ? Enumerable.Range(1, 12) : [anchor.Month];
        return [.. months.SelectMany(month => InMonth(rule with { Months = [] }, anchor, new DateOnly(january.Year, month, 1)))];
    }

    private static bool IsNth(int? nth, int day, int length) =>
        nth is null || (nth > 0 ? (day - 1) / 7 + 1 == nth : (length - day) / 7 + 1 == -nth);

    private static IEnumerable<DateOnly> Positioned(RuleText rule, List<DateOnly> days) => rule.Positions.Count == 0
        ? days
        : days.Where((_, i) => rule.Positions.Any(p => p > 0 ? p == i + 1 : days.Count + p == i));
}
