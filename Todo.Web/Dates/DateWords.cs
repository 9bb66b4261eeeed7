using System.Globalization;
using Todo.Contracts.Tasks;

namespace Todo.Web.Dates;

/// <summary>Dates the way people say them: Today, Tomorrow, Friday, 5 Dec.</summary>
public static class DateWords
{
    public static string Day(DateOnly day, DateOnly today) => (day.DayNumber - today.DayNumber) switch
    {
        0 => "Today",
        1 => "Tomorrow",
        -1 => "Yesterday",
        > 1 and < 7 => day.ToString("dddd", CultureInfo.InvariantCulture),
        _ when day.Year == today.Year => day.ToString("d MMM", CultureInfo.InvariantCulture),
        _ => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
    };

    /// <summary>A heading of a list by days: "Tue 24 Nov · Tomorrow".</summary>
    public static string Heading(DateOnly day, DateOnly today) => (day.DayNumber - today.DayNumber) switch
    {
        0 => $"{DayMonth(day)} · Today",
        1 => $"{DayMonth(day)} · Tomorrow",
        _ => $"{DayMonth(day)} · {day.ToString("dddd", CultureInfo.InvariantCulture)}",
    };

    public static string DayMonth(DateOnly day) => day.ToString("d MMM", CultureInfo.InvariantCulture);

    public static string Full(DateOnly day) => day.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture);

    public static string WithWeekday(DateOnly day, DateOnly today) =>
        day.ToString(day.Year == today.Year ? "ddd d MMM" : "ddd d MMM yyyy", CultureInfo.InvariantCulture);

    public static string Clock(TimeOnly time, bool twelveHours) => twelveHours
        ? time.ToString(time.Minute == 0 ? "h tt" : "h:mm tt", CultureInfo.InvariantCulture).ToLowerInvariant()
        : time.ToString("HH:mm", CultureInfo.InvariantCulture);

    public static string Due(Due due, UserClock clock)
    {
        var (date, time) = clock.Shown(due);
        var day = Day(date, clock.Today);
        return time is { } at ? $"{day} {Clock(at, clock.TwelveHours)}" : day;
    }

    public static string Moment(DateTimeOffset at, UserClock clock)
    {
        var local = clock.Local(at);
        return $"{Day(DateOnly.FromDateTime(local), clock.Today)} {Clock(TimeOnly.FromDateTime(local), clock.TwelveHours)}";
    }

    public static string Ago(DateTimeOffset at, UserClock clock) => (clock.Now - at) switch
    {
        { TotalSeconds: < 45 } => "just now",
        { TotalMinutes: < 60 } age => $"{Math.Max(1, (int)age.TotalMinutes)} min ago",
        { TotalHours: < 12 } age => $"{(int)age.TotalHours} h ago",
        _ => Moment(at, clock),
    };

    /// <summary>Machine form for datetime attributes and date inputs.</summary>
    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Iso(TimeOnly? time) => time?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? "";
}
