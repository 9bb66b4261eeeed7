namespace Todo.Workers.Recurrence;

/// <summary>The days of a rule, counted from its anchor. Jumps straight to where it is asked, so a long-forgotten series costs no more than a fresh one.</summary>
internal static class Slots
{
    /// <summary>Looked through before a rule counts as one that never comes again, such as 30 February.</summary>
    private const int PeriodsWorthLooking = 20_000;

    /// <summary>The days strictly after one day, in order; none before the anchor and none after UNTIL.</summary>
    public static IEnumerable<DateOnly> After(this Rule rule, DateOnly anchor, DateOnly after)
    {
        var first = rule.PeriodOf(anchor, after);
        for (var step = 0; step < PeriodsWorthLooking && rule.HasPeriod(anchor, first + step); step++)
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

    private static long PeriodOf(this Rule rule, DateOnly anchor, DateOnly day)
    {
        var units = rule.Frequency switch
        {
            Frequency.Daily => day.DayNumber - anchor.DayNumber,
            Frequency.Weekly => (StartOfWeek(day, rule.WeekStart) - StartOfWeek(anchor, rule.WeekStart)) / 7,
            Frequency.Monthly => Month(day) - Month(anchor),
            _ => day.Year - anchor.Year,
        };
        return Math.Max(0, units / rule.Interval);
    }

    private static bool HasPeriod(this Rule rule, DateOnly anchor, long period)
    {
        var units = period * rule.Interval;
        return rule.Frequency switch
        {
            Frequency.Daily => anchor.DayNumber + units <= LastDay,
            Frequency.Weekly => StartOfWeek(anchor, rule.WeekStart) + (units * 7) + 6 <= LastDay,
            Frequency.Monthly => Month(anchor) + units < 10_000 * 12,
            _ => anchor.Year + units < 10_000,
        };
    }

    private static IEnumerable<DateOnly> DaysOf(this Rule rule, DateOnly anchor, long period)
    {
        var units = (int)(period * rule.Interval);
        var days = rule.Frequency switch
        {
            Frequency.Daily => rule.OnDay(anchor.AddDays(units)),
            Frequency.Weekly => rule.InWeek(StartOfWeek(anchor, rule.WeekStart) + (units * 7), anchor.DayOfWeek),
            Frequency.Monthly => rule.InMonth((Month(anchor) + units) / 12, ((Month(anchor) + units) % 12) + 1, anchor.Day),
            _ => rule.InYear(anchor.Year + units, anchor),
        };
        return rule.Positions.Count == 0 ? days : rule.AtPositions([.. days]);
    }

    private static IEnumerable<DateOnly> OnDay(this Rule rule, DateOnly day)
    {
        if (rule.AllowsMonth(day.Month) && rule.AllowsMonthDay(day) && rule.AllowsWeekday(day.DayOfWeek))
            yield return day;
    }

    private static IEnumerable<DateOnly> InWeek(this Rule rule, int start, DayOfWeek anchorDay)
    {
        for (var number = Math.Max(start, 0); number < start + 7; number++)
        {
            var day = DateOnly.FromDayNumber(number);
            var wanted = rule.Days.Count == 0 ? day.DayOfWeek == anchorDay : rule.AllowsWeekday(day.DayOfWeek);
            if (wanted && rule.AllowsMonth(day.Month))
                yield return day;
        }
    }

    private static IEnumerable<DateOnly> InMonth(this Rule rule, int year, int month, int anchorDay)
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

    private static IEnumerable<DateOnly> InYear(this Rule rule, int year, DateOnly anchor)
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

    private static IEnumerable<DateOnly> NthWeekdays(IEnumerable<Weekday> weekdays, DateOnly first, DateOnly last)
    {
        foreach (var (day, nth) in weekdays)
        {
            var earliest = first.AddDays(((int)day - (int)first.DayOfWeek + 7) % 7);
            var count = ((last.DayNumber - earliest.DayNumber) / 7) + 1;
            if (nth == 0)
            {
                for (var index = 0; index < count; index++)
                    yield return earliest.AddDays(7 * index);
            }
            else if (Math.Abs(nth) <= count)
            {
                yield return earliest.AddDays(7 * (nth > 0 ? nth - 1 : count + nth));
            }
        }
    }

    private static IEnumerable<DateOnly> AtPositions(this Rule rule, DateOnly[] days) => rule.Positions
        .Select(place => place > 0 ? place - 1 : days.Length + place)
        .Where(index => index >= 0 && index < days.Length)
        .Distinct().Order()
        .Select(index => days[index]);

    private static bool AllowsMonth(this Rule rule, int month) => rule.Months.Count == 0 || rule.Months.Contains(month);

    private static bool AllowsWeekday(this Rule rule, DayOfWeek day) =>
        rule.Days.Count == 0 || rule.Days.Any(weekday => weekday.Day == day);

    private static bool AllowsMonthDay(this Rule rule, DateOnly day) =>
        rule.MonthDays.Count == 0
        || rule.MonthDays.Contains(day.Day)
        || rule.MonthDays.Contains(day.Day - DateTime.DaysInMonth(day.Year, day.Month) - 1);

    private static int StartOfWeek(DateOnly day, DayOfWeek start) =>
        day.DayNumber - (((int)day.DayOfWeek - (int)start + 7) % 7);

    private static int Month(DateOnly day) => (day.Year * 12) + day.Month - 1;

    private static readonly int LastDay = DateOnly.MaxValue.DayNumber;
}
