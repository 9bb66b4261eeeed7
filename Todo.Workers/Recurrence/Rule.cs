using System.Globalization;

namespace Todo.Workers.Recurrence;

internal enum Frequency
{
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// <summary>A weekday, or its nth in a month or year (counted from the end when negative); 0 means each of them.</summary>
internal readonly record struct Weekday(DayOfWeek Day, int Nth);

/// <summary>An RRULE of RFC 5545 that is daily or slower, read and bounded; what it cannot say exactly it refuses.</summary>
internal sealed record Rule
{
    public const int LongestInterval = 1000;

    public required Frequency Frequency { get; init; }

    public int Interval { get; init; } = 1;

    public int? Count { get; init; }

    public DateOnly? Until { get; init; }

    public DayOfWeek WeekStart { get; init; } = DayOfWeek.Monday;

    public IReadOnlyList<Weekday> Days { get; init; } = [];

    public IReadOnlyList<int> MonthDays { get; init; } = [];

    public IReadOnlyList<int> Months { get; init; } = [];

    public IReadOnlyList<int> Positions { get; init; } = [];

    public static Rule Parse(string text) =>
        TryParse(text, out var rule, out var problem) ? rule : throw new FormatException(problem);

    public static bool TryParse(string text, out Rule rule, out string problem)
    {
        rule = new Rule { Frequency = Frequency.Daily };
        problem = text.Length > 500 ? "The rule is too long." : "";
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in problem.Length > 0 ? [] : WithoutPrefix(text).Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = part.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
                ? (part[..at].Trim().ToUpperInvariant(), part[(at + 1)..].Trim().ToUpperInvariant())
                : (part, "");
            if (!seen.Add(name))
                problem = $"{name} is given twice.";
            else
                (rule, problem) = rule.With(name, value);

            if (problem.Length > 0)
                return false;
        }

        problem = problem.Length > 0 ? problem : rule.Contradiction(seen);
        return problem.Length == 0;
    }

    private static string WithoutPrefix(string text) =>
        text.StartsWith("RRULE:", StringComparison.OrdinalIgnoreCase) ? text["RRULE:".Length..] : text;

    private (Rule Rule, string Problem) With(string name, string value) => name switch
    {
        "FREQ" => Enum.TryParse<Frequency>(value, ignoreCase: true, out var frequency) && !char.IsDigit(value[0])
            ? (this with { Frequency = frequency }, "")
            : (this, "FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY."),
        "INTERVAL" => Number(value, 1, LongestInterval) is { } interval
            ? (this with { Interval = interval }, "")
            : (this, $"INTERVAL must be 1 to {LongestInterval}."),
        "COUNT" => Number(value, 1, 100_000) is { } count
            ? (this with { Count = count }, "")
            : (this, "COUNT must be 1 to 100000."),
        "UNTIL" => Day(value) is { } until
            ? (this with { Until = until }, "")
            : (this, "UNTIL must be a date such as 20271231."),
        "WKST" => Weekday(value) is { Nth: 0 } start
            ? (this with { WeekStart = start.Day }, "")
            : (this, "WKST must be a weekday such as MO."),
        "BYDAY" => List(value, Weekday) is { } days
            ? (this with { Days = days }, "")
            : (this, "BYDAY must be weekdays such as MO,TU or 3FR."),
        "BYMONTHDAY" => List(value, day => Signed(day, 31)) is { } days
            ? (this with { MonthDays = days }, "")
            : (this, "BYMONTHDAY must be days from 1 to 31 or from -1 to -31."),
        "BYMONTH" => List(value, month => Number(month, 1, 12)) is { } months
            ? (this with { Months = months }, "")
            : (this, "BYMONTH must be months from 1 to 12."),
        "BYSETPOS" => List(value, place => Signed(place, 366)) is { } places
            ? (this with { Positions = places }, "")
            : (this, "BYSETPOS must be places such as 1 or -1."),
        _ => (this, $"{name} is not supported: rules are daily or slower, by weekday, day of month and month."),
    };

    private string Contradiction(HashSet<string> seen) => this switch
    {
        _ when !seen.Contains("FREQ") => "FREQ is missing.",
        { Count: not null, Until: not null } => "COUNT and UNTIL exclude each other.",
        { Frequency: Frequency.Daily or Frequency.Weekly } when Days.Any(day => day.Nth != 0) =>
            "The nth weekday needs FREQ=MONTHLY or FREQ=YEARLY.",
        { Frequency: Frequency.Weekly, MonthDays.Count: > 0 } => "BYMONTHDAY does not go with FREQ=WEEKLY.",
        { Positions.Count: > 0, Days.Count: 0, MonthDays.Count: 0, Months.Count: 0 } => "BYSETPOS needs another BY part.",
        { Frequency: Frequency.Monthly } when Days.Any(day => Math.Abs(day.Nth) > 5) => "A month has at most five of each weekday.",
        _ => "",
    };

    private static int? Number(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : null;

    private static int? Signed(string text, int most) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number != 0 && number >= -most && number <= most
            ? number
            : null;

    // UNTIL counts by its day, inclusive, in the task's local calendar; a time after the T adds nothing to a rule of days.
    private static DateOnly? Day(string text) =>
        text.Length is 8 or 15 or 16
        && DateOnly.TryParseExact(text[..8], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;

    private static Weekday? Weekday(string text)
    {
        if (text.Length < 2)
            return null;

        var nth = text.Length == 2 ? 0 : Signed(text[..^2], 53);
        return (Abbreviations.IndexOf(text[^2..]), nth) is ( >= 0 and var day, { } place)
            ? new Weekday((DayOfWeek)day, place)
            : null;
    }

    private static List<T>? List<T>(string text, Func<string, T?> read)
        where T : struct
    {
        var items = text.Split(',').Select(read).ToList();
        return items.Count <= 400 && items.TrueForAll(item => item.HasValue)
            ? items.ConvertAll(item => item!.Value).Distinct().ToList()
            : null;
    }

    private static readonly List<string> Abbreviations = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
}
