namespace Todo.Contracts.Recurrence;

/// <summary>The days of a rule, counted from its anchor. Jumps straight to where it is asked, so a long-forgotten series costs no more than a fresh one.</summary>
/// <remarks>The saga that makes occurrences and every preview of them ask here, so they agree.</remarks>
public static class Slots
{
    /// <summary>Looked through before a rule counts as one that never comes again, such as 30 February.</summary>
    private const int PeriodsWorthLooking = 20_000;

    /// <summary>The days strictly after one day, in order; none before the anchor and none after UNTIL. COUNT is for the caller to keep.</summary>
    public static IEnumerable<DateOnly> After(this RuleText rule, DateOnly anchor, DateOnly after, int periods = PeriodsWorthLooking)
    {
        var first = rule.PeriodOf(anchor, after);
        for (var step = 0; step < periods && rule.HasPeriod(anchor, first + step); step++)
        {
            foreach (var day in rule.DaysOf(anchor, first + step))
            {
                if (day > rule.Until)
                    yield break;

                if (day > after && day >= anchor)
                    yield return day;
            }
        }
    }

    private static long PeriodOf(this RuleText rule, DateOnly anchor, DateOnly day)
    {
        var units = rule.Frequency switch
        {
            "DAILY" => day.DayNumber - anchor.DayNumber,
            "WEEKLY" => (StartOfWeek(day, rule.WeekStart) - StartOfWeek(anchor, rule.WeekStart)) / 7,
            "MONTHLY" => Month(day) - Month(anchor),
            _ => day.Year - anchor.Year,
        };
        return Math.Max(0, units / rule.Interval);
    }

    private static bool HasPeriod(this RuleText rule, DateOnly anchor, long period)
    {
        var units = period * rule.Interval;
        return rule.Frequency switch
        {
            "DAILY" => anchor.DayNumber + units <= LastDay,
            "WEEKLY" => StartOfWeek(anchor, rule.WeekStart) + (units * 7) + 6 <= LastDay,
            "MONTHLY" => Month(anchor) + units < 10_000 * 12,
            _ => anchor.Year + units < 10_000,
        };
    }

    private static IEnumerable<DateOnly> DaysOf(this RuleText rule, DateOnly anchor, long period)
    {
        var units = (int)(period * rule.Interval);
        var days = rule.Frequency switch
        {
            "DAILY" => rule.OnDay(anchor.AddDays(units)),
            "WEEKLY" => rule.InWeek(StartOfWeek(anchor, rule.WeekStart) + (units * 7), anchor.DayOfWeek),
            "MONTHLY" => rule.InMonth((Month(anchor) + units) / 12, ((Month(anchor) + units) % 12) + 1, anchor.Day),
            _ => rule.InYear(anchor.Year + units, anchor),
        };
        return rule.Positions.Count == 0 ? days : rule.AtPositions([.. days]);
    }

    private static IEnumerable<DateOnly> OnDay(this RuleText rule, DateOnly day)
    {
        if (rule.AllowsMonth(day.Month) && rule.AllowsMonthDay(day) && rule.AllowsWeekday(day.DayOfWeek))
            yield return day;
    }

    private static IEnumerable<DateOnly> InWeek(this RuleText rule, int start, DayOfWeek anchorDay)
    {
        for (var number = Math.Max(start, 0); number < start + 7; number++)
        {
            var day = DateOnly.FromDayNumber(number);
            var wanted = rule.Days.Count == 0 ? day.DayOfWeek == anchorDay : rule.AllowsWeekday(day.DayOfWeek);
            if (wanted && rule.AllowsMonth(day.Month))
                yield return day;
        }
    }

    private static IEnumerable<DateOnly> InMonth(this RuleText rule, int year, int month, int anchorDay)
    {
        if (!rule.AllowsMonth(month))
            return [];

        var days = rule.Days.Count > 0
            ? NthWeekdays(rule.Days, new DateOnly(year, month, 1), new DateOnly(year, month, DateTime.DaysInMonth(year, month)))
                .Where(rule.AllowsMonthDay)
            : (rule.MonthDays.Count > 0 ? rule.MonthDays : [anchorDay])
                .Select(day => DayOfMonth(year, month, day)).OfType<DateOnly>();
        return days.Distinct().Order();
    }

    private static IEnumerable<DateOnly> InYear(this RuleText rule, int year, DateOnly anchor)
    {
        if (rule.Months.Count == 0 && rule.Days.Count > 0)
        {
            return NthWeekdays(rule.Days, new DateOnly(year, 1, 1), new DateOnly(year, 12, 31))
                .Where(rule.AllowsMonthDay).Distinct().Order();
        }

        IEnumerable<int> months = rule switch
        {
            { Months.Count: > 0 } => rule.Months.Order(),
            { MonthDays.Count: > 0 } => Enumerable.Range(1, 12),
            _ => [anchor.Month],
        };
        return months.SelectMany(month => rule.InMonth(year, month, anchor.Day));
    }

    // A day the month does not have becomes its last one (RFC 7529 calls this SKIP=BACKWARD): the 31st means the end of a
    // short month, and comes back to the 31st in the next long one, because every month is computed from the anchor anew.
    private static DateOnly? DayOfMonth(int year, int month, int day)
    {
        var length = DateTime.DaysInMonth(year, month);
        var number = day > 0 ? Math.Min(day, length) : length + day + 1;
        return number >= 1 ? new DateOnly(year, month, number) : null;
    }

    private static IEnumerable<DateOnly> NthWeekdays(IEnumerable<(int? Nth, DayOfWeek Day)> weekdays, DateOnly first, DateOnly last)
    {
        foreach (var (nth, day) in weekdays)
        {
            var earliest = first.AddDays(((int)day - (int)first.DayOfWeek + 7) % 7);
            var count = ((last.DayNumber - earliest.DayNumber) / 7) + 1;
            if (nth is not { } place)
            {
                for (var index = 0; index < count; index++)
                    yield return earliest.AddDays(7 * index);
            }
            else if (Math.Abs(place) <= count)
            {
                yield return earliest.AddDays(7 * (place > 0 ? place - 1 : count + place));
            }
        }
    }

    private static IEnumerable<DateOnly> AtPositions(this RuleText rule, DateOnly[] days) => rule.Positions
        .Select(place => place > 0 ? place - 1 : days.Length + place)
        .Where(index => index >= 0 && index < days.Length)
        .Distinct().Order()
        .Select(index => days[index]);

    private static bool AllowsMonth(this RuleText rule, int month) => rule.Months.Count == 0 || rule.Months.Contains(month);

    private static bool AllowsWeekday(this RuleText rule, DayOfWeek day) =>
        rule.Days.Count == 0 || rule.Days.Any(weekday => weekday.Day == day);

    private static bool AllowsMonthDay(this RuleText rule, DateOnly day) =>
        rule.MonthDays.Count == 0
        || rule.MonthDays.Contains(day.Day)
        || rule.MonthDays.Contains(day.Day - DateTime.DaysInMonth(day.Year, day.Month) - 1);

    private static int StartOfWeek(DateOnly day, DayOfWeek start) =>
        day.DayNumber - (((int)day.DayOfWeek - (int)start + 7) % 7);

    private static int Month(DateOnly day) => (day.Year * 12) + day.Month - 1;

    private static readonly int LastDay = DateOnly.MaxValue.DayNumber;
}
