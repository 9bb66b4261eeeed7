namespace Todo.Web.Dates;

/// <summary>The six weeks that show a month.</summary>
public static class MonthDays
{
    public static IEnumerable<DateOnly> Of(DateOnly month, DayOfWeek weekStart)
    {
        var start = StartOfWeek(month.AddDays(1 - month.Day), weekStart);
        return Enumerable.Range(0, 42).Select(start.AddDays);
    }

    public static DateOnly StartOfWeek(DateOnly day, DayOfWeek weekStart) =>
        day.AddDays(-(((int)day.DayOfWeek - (int)weekStart + 7) % 7));

    public static IEnumerable<string> Names(DayOfWeek weekStart) =>
        Enumerable.Range(0, 7).Select(n => ((DayOfWeek)(((int)weekStart + n) % 7)).ToString());
}
