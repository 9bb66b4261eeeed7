using System.Globalization;

namespace Todo.Contracts.Recurrence;

/// <summary>The parts of an RRULE value that we take: daily or slower, bounded. Reading one never computes a date.</summary>
public sealed record RuleText
{
    /// <summary>DAILY, WEEKLY, MONTHLY or YEARLY.</summary>
    public required string Frequency { get; init; }

    /// <summary>Every how many of them.</summary>
    public int Interval { get; init; } = 1;

    /// <summary>How many occurrences there are in all.</summary>
    public int? Count { get; init; }

    /// <summary>The last day, inclusive and local.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>The first day of the week.</summary>
    public DayOfWeek WeekStart { get; init; } = DayOfWeek.Monday;

    /// <summary>Weekdays, each with the number of that weekday in the month, or null for every one.</summary>
    public IReadOnlyList<(int? Nth, DayOfWeek Day)> Days { get; init; } = [];

    /// <summary>Days of the month; negative ones count from its end.</summary>
    public IReadOnlyList<int> MonthDays { get; init; } = [];

    /// <summary>Months, from 1.</summary>
    public IReadOnlyList<int> Months { get; init; } = [];

    /// <summary>Which of the days found in a period count; negative ones count from its end.</summary>
    public IReadOnlyList<int> Positions { get; init; } = [];

    private static readonly string[] DayNames = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

    /// <summary>Reads a rule, or says in a sentence why it is not one we take.</summary>
    public static bool TryParse(string? rule, out RuleText parsed, out string error)
    {
        parsed = new RuleText { Frequency = "DAILY" };
        error = "An RRULE such as FREQ=MONTHLY;INTERVAL=2 (DAILY, WEEKLY, MONTHLY or YEARLY), or plain words: daily, weekly, monthly, yearly, workdays, every month, every 3 days, then perhaps until 2026-12-31 or for 10 times.";
        if (rule is null or { Length: > 200 } || !rule.StartsWith("FREQ=", StringComparison.Ordinal))
            return false;

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in rule.Split(';'))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            error = $"Not understood: {(part.Length > 40 ? part[..40] : part)}.";
            if (at < 1 || !seen.Add(part[..at]) || parsed.With(part[..at], part[(at + 1)..]) is not { } with)
                return false;
            parsed = with;
        }

        error = parsed.Contradiction();
        return error.Length == 0;
    }

    private string Contradiction() => this switch
    {
        { Count: not null, Until: not null } => "Either COUNT or UNTIL, not both.",
        { Frequency: "DAILY" or "WEEKLY" } when Days.Any(day => day.Nth is not null) => "The nth weekday goes with MONTHLY or YEARLY.",
        { Frequency: "MONTHLY" } when Days.Any(day => day.Nth is < -5 or > 5) => "A month has at most five of each weekday.",
        { Frequency: "WEEKLY", MonthDays.Count: > 0 } => "BYMONTHDAY does not go with WEEKLY.",
        { Positions.Count: > 0, Days.Count: 0, MonthDays.Count: 0, Months.Count: 0 } => "BYSETPOS needs another BY part.",
        _ => "",
    };

    private RuleText? With(string name, string value) => name switch
    {
        "FREQ" => value is "DAILY" or "WEEKLY" or "MONTHLY" or "YEARLY" ? this with { Frequency = value } : null,
        "INTERVAL" => Number(value, 1, 1000) is { } n ? this with { Interval = n } : null,
        "COUNT" => Number(value, 1, 10_000) is { } n ? this with { Count = n } : null,
        "UNTIL" => Day(value) is { } day ? this with { Until = day } : null,
        "WKST" => Weekday(value) is { } day ? this with { WeekStart = day } : null,
        "BYDAY" => List(value, NthWeekday) is { } days ? this with { Days = days } : null,
        "BYMONTHDAY" => List(value, v => NotZero(v, 31)) is { } days ? this with { MonthDays = days } : null,
        "BYMONTH" => List(value, v => Number(v, 1, 12)) is { } months ? this with { Months = months } : null,
        "BYSETPOS" => List(value, v => NotZero(v, 31)) is { } places ? this with { Positions = places } : null,
        _ => null,
    };

    private static List<T>? List<T>(string value, Func<string, T?> read) where T : struct
    {
        var parts = value.Split(',').Select(read).ToList();
        return parts.Count <= 31 && parts.TrueForAll(p => p is not null) ? parts.ConvertAll(p => p!.Value) : null;
    }

    private static int? Number(string value, int least, int most) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) && n >= least && n <= most ? n : null;

    private static int? NotZero(string value, int most) => Number(value, -most, most) is { } n and not 0 ? n : null;

    private static DayOfWeek? Weekday(string value) =>
        Array.IndexOf(DayNames, value) is >= 0 and var day ? (DayOfWeek)day : null;

    private static (int? Nth, DayOfWeek Day)? NthWeekday(string value)
    {
        if (value.Length < 2 || Weekday(value[^2..]) is not { } day)
            return null;
        if (value.Length == 2)
            return (null, day);
        return NotZero(value[..^2], 53) is { } nth ? (nth, day) : null;
    }

    private static DateOnly? Day(string value) =>
        value.Length >= 8 && (value.Length == 8 || value[8] == 'T' && value.Length <= 16)
        && DateOnly.TryParseExact(value[..8], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
