using Todo.Contracts.Tasks;

namespace Todo.Web.Dates;

/// <summary>What time it is for the person looking: their zone, their today.</summary>
public sealed class UserClock(TimeProvider time)
{
    private (long Minute, TimeSpan Offset) _offset = (-1, default);

    public TimeZoneInfo Zone { get; private set; } = time.LocalTimeZone;

    /// <summary>True where the reader expects 5:00 pm rather than 17:00.</summary>
    public bool TwelveHours { get; set; }

    public DayOfWeek WeekStart { get; set; } = DayOfWeek.Monday;

    /// <summary>When a date without a time reminds; product-wide default, changed by preferences.</summary>
    public TimeOnly AllDayTime { get; set; } = new(9, 0);

    // Every row asks, and zones are slow to ask; their offsets change on whole minutes only.
    public DateTimeOffset Now
    {
        get
        {
            var utc = time.GetUtcNow();
            if (_offset.Minute != utc.Ticks / TimeSpan.TicksPerMinute)
                _offset = (utc.Ticks / TimeSpan.TicksPerMinute, Zone.GetUtcOffset(utc));
            return utc.ToOffset(_offset.Offset);
        }
    }

    public DateOnly Today => DateOnly.FromDateTime(Now.DateTime);

    /// <summary>Reads dates in this zone from now on; an unknown name changes nothing.</summary>
    public void Use(string? zone)
    {
        if (zone is { Length: > 0 } && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found))
            (Zone, _offset) = (found, (-1, default));
    }

    public DateTime Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone).DateTime;

    /// <summary>The instant of a wall-clock time here; a time that a clock change leaves out moves forward by the gap.</summary>
    public DateTimeOffset At(DateTime local) => Instant(local, Zone);

    /// <summary>A due date as this reader's wall clock shows it: floating ones as they are, zoned ones converted.</summary>
    public (DateOnly Date, TimeOnly? Time) Shown(Due due)
    {
        if (due.Time is not { } at || due.Zone is null || !TimeZoneInfo.TryFindSystemTimeZoneById(due.Zone, out var zone))
            return (due.Date, due.Time);

        var local = Local(Instant(due.Date.ToDateTime(at), zone));
        return (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
    }

    /// <summary>True once a due date has passed: at its minute, or at the end of its day.</summary>
    public bool IsOverdue(Due due)
    {
        var (date, at) = Shown(due);
        var today = Today;
        return date < today || (date == today && at is { } moment && moment < TimeOnly.FromDateTime(Now.DateTime));
    }

    private static DateTimeOffset Instant(DateTime local, TimeZoneInfo zone)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(local))
            return new DateTimeOffset(local, zone.GetUtcOffset(local.AddHours(-3))).ToUniversalTime();

        // Of a wall-clock time that comes twice, the first is meant: the larger offset.
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
