using NodaTime;
using NodaTime.TimeZones;

namespace Todo.Workers.Calendar;

/// <summary>Turns a wall-clock time in a zone into an instant: a skipped time moves forward by the gap, a repeated one is the first of the two.</summary>
internal static class WallClock
{
    public static DateTimeOffset At(DateOnly date, TimeOnly time, DateTimeZone zone)
    {
        var local = LocalDate.FromDateOnly(date).At(LocalTime.FromTimeOnly(time));
        return zone.ResolveLocal(local, Resolvers.LenientResolver).ToInstant().ToDateTimeOffset();
    }

    public static DateOnly DateOf(DateTimeOffset moment, DateTimeZone zone) =>
        Instant.FromDateTimeOffset(moment).InZone(zone).Date.ToDateOnly();

    public static TimeOnly TimeOf(DateTimeOffset moment, DateTimeZone zone) =>
        Instant.FromDateTimeOffset(moment).InZone(zone).TimeOfDay.ToTimeOnly();

    public static TimeSpan OffsetAt(DateTimeOffset moment, DateTimeZone zone) =>
        zone.GetUtcOffset(Instant.FromDateTimeOffset(moment)).ToTimeSpan();

    /// <summary>The zone by its IANA name; a name nobody knows counts as UTC, because a reminder an hour off is better than none.</summary>
    public static DateTimeZone Zone(string? name) =>
        name is null ? DateTimeZone.Utc : DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) ?? DateTimeZone.Utc;

    /// <summary>The same wall-clock time some calendar days later.</summary>
    public static DateTimeOffset PlusDays(DateTimeOffset moment, int days, DateTimeZone zone) =>
        At(DateOf(moment, zone).AddDays(days), TimeOf(moment, zone), zone);
}
