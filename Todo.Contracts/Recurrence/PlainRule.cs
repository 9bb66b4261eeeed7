using System.Globalization;

namespace Todo.Contracts.Recurrence;

/// <summary>
/// Rules in plain words, for those who would rather not write RRULEs: <c>daily</c>, <c>weekly</c>, <c>monthly</c>, <c>yearly</c>,
/// <c>workdays</c>, <c>every month</c> or <c>every 3 days</c> (weeks, months, years), then <c>until 2026-12-31</c> or <c>for 10 times</c>.
/// </summary>
public static class PlainRule
{
    private const int Longest = 60;

    /// <summary>The RRULE that the words mean; anything else comes back as it is, for <see cref="RuleText.TryParse"/> to judge.</summary>
    public static string ToRule(string rule)
    {
        if (rule is null or { Length: > Longest } || rule.StartsWith("FREQ=", StringComparison.Ordinal))
            return rule!;

        var words = rule.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var (start, how) = words switch
        {
            ["every", var unit, ..] when Single(unit) is { } single => (2, single),
            ["every", var count, var unit, ..] => (3, Counted(count, unit)),
            [var word, ..] => (1, Plain(word)),
            [] => (0, null),
        };
        return how is not null && Ending(words[start..]) is { } end
            ? how + end
            : rule;
    }

    private static string? Plain(string word) => word switch
    {
        "daily" => "FREQ=DAILY",
        "weekly" => "FREQ=WEEKLY",
        "monthly" => "FREQ=MONTHLY",
        "yearly" => "FREQ=YEARLY",
        "workdays" => "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        _ => null,
    };

    private static string? Single(string unit) => unit switch
    {
        "day" => "FREQ=DAILY",
        "week" => "FREQ=WEEKLY",
        "month" => "FREQ=MONTHLY",
        "year" => "FREQ=YEARLY",
        "workday" or "weekday" => Plain("workdays"),
        _ => null,
    };

    private static string? Counted(string count, string unit) => (Number(count), unit) switch
    {
        (null, _) => null,
        (var n, "days" or "day") => $"FREQ=DAILY;INTERVAL={n}",
        (var n, "weeks" or "week") => $"FREQ=WEEKLY;INTERVAL={n}",
        (var n, "months" or "month") => $"FREQ=MONTHLY;INTERVAL={n}",
        (var n, "years" or "year") => $"FREQ=YEARLY;INTERVAL={n}",
        _ => null,
    };

    private static string? Ending(string[] words) => words switch
    {
        [] => "",
        ["until", var day] when DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var last) =>
            string.Create(CultureInfo.InvariantCulture, $";UNTIL={last:yyyyMMdd}"),
        ["for", var count, "times" or "time"] when Number(count) is { } n => $";COUNT={n}",
        _ => null,
    };

    private static string? Number(string text) => text.Length <= 5 && text.All(char.IsAsciiDigit) ? text : null;
}
