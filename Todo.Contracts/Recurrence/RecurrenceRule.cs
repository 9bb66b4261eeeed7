namespace Todo.Contracts.Recurrence;

/// <summary>How a task repeats.</summary>
/// <param name="Rule">An RFC 5545 RRULE value, daily or slower, for example <c>FREQ=WEEKLY;BYDAY=MO,TH</c>; UNTIL is inclusive and local.
/// Requests may say it in words, such as <c>every 3 days until 2026-12-31</c>; see <see cref="PlainRule"/>.</param>
/// <param name="Mode">What the next occurrence is counted from.</param>
/// <param name="Anchor">The first day of the series; month ends keep its day (31 January, 28 February, 31 March). Null takes the due date.</param>
/// <param name="Paused">True while closing an occurrence brings no next one; set it to false, on the closed occurrence too, to go on.</param>
public sealed record RecurrenceRule(
    string Rule,
    RecurrenceMode Mode = RecurrenceMode.SkipMissed,
    DateOnly? Anchor = null,
    bool Paused = false);
