namespace Todo.Contracts.QuickAdd;

/// <summary>All that a line's meaning depends on beside its text. The same line in the same context always means the same.</summary>
/// <param name="Now">The moment it is typed.</param>
/// <param name="Zone">The IANA zone of who types it; an unknown one is read as UTC.</param>
/// <param name="Locale">Whose habit decides 3/4: month first for <c>en-US</c>, day first for everybody else.</param>
/// <param name="WeekStart">What "next week" begins with.</param>
/// <param name="SmartDates">False to leave dates and repetitions in the title.</param>
public sealed record QuickAddContext(
    DateTimeOffset Now,
    string Zone = "UTC",
    string Locale = "en-GB",
    DayOfWeek WeekStart = DayOfWeek.Monday,
    bool SmartDates = true)
{
    internal TimeZoneInfo TimeZone => TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out var zone) ? zone : TimeZoneInfo.Utc;

    internal DateTime Local => TimeZoneInfo.ConvertTime(Now, TimeZone).DateTime;

    internal DateOnly Today => DateOnly.FromDateTime(Local);

    internal bool MonthFirst => string.Equals(Locale, "en-US", StringComparison.OrdinalIgnoreCase);

    /// <summary>The instant of a local time; one that the clocks leave out moves forward, one that comes twice is the first.</summary>
    internal DateTimeOffset InstantOf(DateTime local)
    {
        if (TimeZone.IsInvalidTime(local))
            local += TimeZone.GetUtcOffset(local.AddHours(3)) - TimeZone.GetUtcOffset(local.AddHours(-3));
        var offset = TimeZone.IsAmbiguousTime(local) ? TimeZone.GetAmbiguousTimeOffsets(local).Max() : TimeZone.GetUtcOffset(local);
        return new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), offset).ToUniversalTime();
    }
}
