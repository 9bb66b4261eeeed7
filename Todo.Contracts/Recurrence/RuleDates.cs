namespace Todo.Contracts.Recurrence;

/// <summary>The days a rule falls on, for previews and calendars. Pure calendar arithmetic: no zones, no clocks.</summary>
/// <remarks>The recurrence saga decides what really comes next; this shows the same days as long as nothing is completed early, late or skipped.</remarks>
public static class RuleDates
{
    /// <summary>How many periods a preview looks through: less than the saga does, because somebody is typing.</summary>
    private const int Patience = 4_000;

    /// <summary>The first day on or after another that the rule, anchored there, falls on; null when there is none.</summary>
    public static DateOnly? FirstOnOrAfter(string rule, DateOnly from) =>
        RuleText.TryParse(rule, out var parsed, out _) ? Days(parsed with { Count = null, Interval = 1 }, from).Cast<DateOnly?>().FirstOrDefault() : null;

    /// <summary>The days after <paramref name="after"/> of a series anchored at a day; at most <paramref name="most"/>, and none while it is paused.</summary>
    public static IReadOnlyList<DateOnly> After(RecurrenceRule rule, DateOnly anchor, DateOnly after, int most = 5)
    {
        if (rule.Paused || !RuleText.TryParse(rule.Rule, out var parsed, out _))
            return [];

        var start = rule.Anchor ?? anchor;
        return [.. (parsed.Count is null ? parsed.After(start, after, Patience) : Days(parsed, start).SkipWhile(day => day <= after)).Take(most)];
    }

    /// <summary>The days of a series, ascending. A monthly or yearly rule without a day keeps the anchor's, or the month's last where it has fewer.</summary>
    public static IEnumerable<DateOnly> Days(RuleText rule, DateOnly anchor) =>
        rule.After(anchor, anchor == DateOnly.MinValue ? anchor : anchor.AddDays(-1), Patience).Take(rule.Count ?? int.MaxValue);
}
