using System.Globalization;
using Todo.Contracts.Recurrence;

namespace Todo.Web.Recurrence;

/// <summary>A repeat rule taken apart, as far as our editor and the quick-add line can say it.</summary>
public sealed record RuleParts
{
    private static readonly string[] Codes = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

    public Frequency Frequency { get; init; }

    public int Interval { get; init; } = 1;

    public IReadOnlyList<PlacedDay> Days { get; init; } = [];

    public IReadOnlyList<int> MonthDays { get; init; } = [];

    public int? Month { get; init; }

    public DateOnly? Until { get; init; }

    public int? Count { get; init; }

    public DayOfWeek WeekStart { get; init; } = DayOfWeek.Monday;

    /// <summary>Reads an RRULE; null when it says something that we cannot show without changing its meaning.</summary>
    public static RuleParts? Parse(string rule) =>
        RuleText.TryParse(rule, out var text, out _) && text is { Positions.Count: 0, Months.Count: <= 1 }
            ? new RuleParts
            {
                Frequency = Enum.Parse<Frequency>(text.Frequency, ignoreCase: true),
                Interval = text.Interval,
                Days = [.. text.Days.Select(day => new PlacedDay(day.Day, day.Nth))],
                MonthDays = text.MonthDays,
                Month = text.Months.Count == 1 ? text.Months[0] : null,
                Until = text.Until,
                Count = text.Count,
                WeekStart = text.WeekStart,
            }
            : null;

    public override string ToString()
    {
        var text = new List<string> { $"FREQ={Frequency.ToString().ToUpperInvariant()}" };
        if (Interval > 1)
            text.Add($"INTERVAL={Interval}");
        if (Month is { } month)
            text.Add($"BYMONTH={month}");
        if (MonthDays.Count > 0)
            text.Add($"BYMONTHDAY={string.Join(',', MonthDays)}");
        if (Days.Count > 0)
            text.Add($"BYDAY={string.Join(',', Days.Select(day => $"{day.Nth}{Codes[(int)day.Day]}"))}");
        if (Until is { } until)
            text.Add($"UNTIL={until.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}");
        if (Count is { } count)
            text.Add($"COUNT={count}");
        if (WeekStart != DayOfWeek.Monday)
            text.Add($"WKST={Codes[(int)WeekStart]}");
        return string.Join(';', text);
    }
}

/// <summary>How long a rule's step is.</summary>
public enum Frequency
{
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// <summary>A weekday, or the n-th of its month: 1 the first, -1 the last.</summary>
public readonly record struct PlacedDay(DayOfWeek Day, int? Nth = null);
