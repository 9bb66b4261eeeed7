using System.Globalization;
using Todo.Contracts.QuickAdd;

namespace Todo.Web.Dates;

/// <summary>Dates and times as people type them, in the words of quick add; and as machines write them.</summary>
/// <remarks>The browser's own date fields show the format of its language, whatever the person chose here, and know no "friday".</remarks>
public static class WhenText
{
    public static DateOnly? Day(string? text, UserClock clock, string locale)
    {
        var typed = (text ?? "").Trim();
        if (DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var iso))
            return iso;
        // "Sat 5 Dec" is how we write a day ourselves; the date decides, the weekday is decoration.
        if (typed.Split(' ', 2) is [{ Length: >= 3 } first, [>= '0' and <= '9', ..] rest] && MonthDays.Names(DayOfWeek.Monday).Any(name => name.StartsWith(first, StringComparison.OrdinalIgnoreCase)))
            typed = rest;
        return Read(typed, clock, locale) is { Due: { Time: null, Date: var day }, Recurrence: null } ? day : null;
    }

    public static TimeOnly? Time(string? text)
    {
        var typed = (text ?? "").Trim().ToLowerInvariant().Replace(" ", "", StringComparison.Ordinal).Replace('.', ':');
        if (typed is "noon" or "midnight")
            return typed == "noon" ? new TimeOnly(12, 0) : TimeOnly.MinValue;
        if (int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number < 24 ? new TimeOnly(number, 0) : number is >= 100 and < 2400 && number % 100 < 60 ? new TimeOnly(number / 100, number % 100) : null;
        string[] forms = ["H:mm", "HH:mm:ss", "htt", "h:mmtt"];
        return TimeOnly.TryParseExact(typed, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
    }

    /// <summary>A day with a time; a time alone is the next one.</summary>
    public static DateTime? Moment(string? text, UserClock clock, string locale)
    {
        var typed = (text ?? "").Trim();
        string[] forms = ["yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"];
        if (DateTime.TryParseExact(typed, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var iso))
            return iso;
        return Read(typed, clock, locale) is { Due: { Time: { } time, Date: var day }, Recurrence: null } ? day.ToDateTime(time) : null;
    }

    // The parser reads lines of tasks: it gets one whose title we know, and all the rest must have been the date.
    private static QuickAddResult? Read(string typed, UserClock clock, string locale)
    {
        if (typed.Length == 0)
            return null;
        var read = QuickAddParser.Parse("x " + typed, new QuickAddContext(clock.Now, clock.Zone.Id, locale, clock.WeekStart));
        return read is { Title: "x", Due: not null } ? read : null;
    }
}
