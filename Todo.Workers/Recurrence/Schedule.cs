using NodaTime;
using Todo.Contracts.Recurrence;
using Todo.Contracts.Tasks;
using Todo.Workers.Calendar;

namespace Todo.Workers.Recurrence;

/// <summary>Where a series stands when one of its occurrences is closed.</summary>
/// <param name="Anchor">The day the rule is counted from.</param>
/// <param name="Slot">The day the rule gave this occurrence.</param>
/// <param name="Due">When this occurrence is due; differs from the slot when it was postponed.</param>
/// <param name="Time">The series' time of day, where it has one.</param>
/// <param name="TimeZone">The zone that time is fixed to; null floats with the owner.</param>
/// <param name="OwnerZone">Where the owner lives.</param>
internal sealed record Standing(
    DateOnly Anchor,
    DateOnly Slot,
    Due Due,
    TimeOnly? Time,
    string? TimeZone,
    string OwnerZone);

/// <summary>Rules to dates: which day an occurrence follows another one. Pure; local wall time throughout, an instant last.</summary>
internal static class Schedule
{
    public static readonly DateOnly EarliestAnchor = new(1970, 1, 1);

    /// <summary>Why this rule cannot be followed, or null. Answers in microseconds whatever it is given.</summary>
    public static string? Problem(RecurrenceRule recurrence, DateOnly anchor) =>
        !RuleText.TryParse(recurrence.Rule, out var rule, out var problem) ? problem
        : anchor < EarliestAnchor || anchor.Year > 9000 ? "The series starts too far away."
        : rule.Until < anchor ? "The series ends before it starts."
        : null;

    /// <summary>When the next occurrence is due; null when the series is over.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="mode">What it counts from.</param>
    /// <param name="at">Where the series stands.</param>
    /// <param name="closedAt">When the occurrence was completed or skipped.</param>
    public static Due? Next(RuleText rule, RecurrenceMode mode, Standing at, DateTimeOffset closedAt)
    {
        var zone = WallClock.Zone(at.TimeZone ?? at.OwnerZone);
        var closedOn = WallClock.DateOf(closedAt, zone);
        var days = mode switch
        {
            RecurrenceMode.KeepMissed => rule.After(at.Anchor, at.Slot),
            RecurrenceMode.AfterCompletion => rule.After(closedOn, Later(closedOn, at.Due.Date)),
            _ => rule.After(at.Anchor, Later(at.Slot, closedOn.AddDays(-1))).Where(day => IsAhead(day, at, closedAt, closedOn, zone)),
        };
        foreach (var day in days)
            return new Due(day, at.Time, at.Time is null ? null : at.TimeZone);

        return null;
    }

    /// <summary>How many days the rule has between where the series stands and the next occurrence: each was to be done, and never will be.</summary>
    public static int Between(RuleText rule, Standing at, Due? next) =>
        rule.Count is null ? 0 : rule.After(at.Anchor, at.Slot).TakeWhile(day => next is null || day < next.Date).Take(rule.Count.Value).Count();

    // Strictly after the due value and strictly after the completion: a timed task compares moments, so one that is late by
    // hours may come back today; a task of a whole day compares days.
    private static bool IsAhead(DateOnly day, Standing at, DateTimeOffset closedAt, DateOnly closedOn, DateTimeZone zone) =>
        at.Time is not { } time
            ? day > closedOn && day > at.Due.Date
            : (day, time).CompareTo((at.Due.Date, at.Due.Time ?? TimeOnly.MaxValue)) > 0 && WallClock.At(day, time, zone) > closedAt;

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
