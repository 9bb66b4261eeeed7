using NodaTime;
using NodaTime.Extensions;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

/// <summary>What day it is for somebody, and which day a due date falls on for them.</summary>
internal sealed record TodayIn(DateOnly Today, DateTimeZone ReaderZone)
{
    public static TodayIn Zone(string zone, DateTimeOffset now)
    {
        var tz = DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? DateTimeZone.Utc;
        return new TodayIn(now.ToInstant().InZone(tz).Date.ToDateOnly(), tz);
    }

    /// <summary>A time fixed to a zone may fall on another day where the reader is; everything else floats with them.</summary>
    public DateOnly DayOf(Due due)
    {
        if (due is not { Zone: { } zone, Time: { } time } || DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not { } tz)
            return due.Date;
        var local = due.Date.ToLocalDate().At(time.ToLocalTime());
        return local.InZoneLeniently(tz).WithZone(ReaderZone).Date.ToDateOnly();
    }
}
