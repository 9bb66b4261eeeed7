using Todo.Contracts.Recurrence;

namespace Todo.Workers.Tests.Recurrence;

/// <summary>Rules nobody thought of, the same ones for the same seed.</summary>
internal static class RandomRule
{
    private static readonly string[] Days = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

    public static IEnumerable<(string Rule, DateOnly Anchor)> Many(int count, int seed, bool monthEnds)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
            yield return (Make(random, monthEnds), new DateOnly(2000 + random.Next(40), 1 + random.Next(12), 1 + random.Next(28)));
    }

    private static string Make(Random random, bool monthEnds)
    {
        var frequency = new[] { "DAILY", "WEEKLY", "MONTHLY", "YEARLY" }[random.Next(4)];
        List<string> parts = [$"FREQ={frequency}"];
        if (random.Next(2) == 0)
            parts.Add($"INTERVAL={1 + random.Next(6)}");
        if (random.Next(4) == 0)
            parts.Add($"BYMONTH={Some(random, 3, () => (1 + random.Next(12)).ToString(null, null))}");
        var byDay = random.Next(2) == 0;
        if (byDay)
        {
            // Either plain weekdays or numbered ones: RFC 5545 takes both together as "or", dateutil as "and".
            var numbered = frequency is "MONTHLY" or "YEARLY" && random.Next(2) == 0;
            parts.Add($"BYDAY={Some(random, 4, () => (numbered ? Nth(random) : "") + Days[random.Next(7)])}");
        }

        var byMonthDay = frequency != "WEEKLY" && random.Next(3) == 0;
        if (byMonthDay)
            parts.Add($"BYMONTHDAY={Some(random, 4, () => MonthDay(random, monthEnds && !byDay))}");
        if (frequency is "MONTHLY" or "YEARLY" && (byDay || byMonthDay) && random.Next(4) == 0)
            parts.Add($"BYSETPOS={new[] { "1", "-1", "2", "-2", "1,-1" }[random.Next(5)]}");
        parts.Add($"WKST={Days[random.Next(7)]}");
        var text = string.Join(';', parts);
        return RuleText.TryParse(text, out _, out _) ? text : Make(random, monthEnds);
    }

    private static string Nth(Random random) => new[] { "1", "2", "3", "4", "5", "-1", "-2" }[random.Next(7)];

    private static string MonthDay(Random random, bool monthEnds) =>
        (random.Next(3) == 0 ? -(1 + random.Next(28)) : 1 + random.Next(monthEnds ? 31 : 28)).ToString(null, null);

    private static string Some(Random random, int most, Func<string> one) =>
        string.Join(',', Enumerable.Range(0, 1 + random.Next(most)).Select(_ => one()).Distinct());
}
