using System.Globalization;
using Todo.Web.Dates;

namespace Todo.Web.Recurrence;

/// <summary>What the repeat editor offers for a series that starts on a given day.</summary>
public static class RepeatChoices
{
    private static readonly string[] Nths = ["first", "second", "third", "fourth", "fifth"];

    public static IEnumerable<(string Name, string Rule)> For(DateOnly first)
    {
        var code = first.DayOfWeek.ToString()[..2].ToUpperInvariant();
        yield return ("Every day", "FREQ=DAILY");
        yield return ("Every workday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR");
        yield return ($"Every {first.DayOfWeek}", $"FREQ=WEEKLY;BYDAY={code}");
        yield return ($"Every month on day {first.Day}", $"FREQ=MONTHLY;BYMONTHDAY={first.Day}");
        yield return ($"Every year on {DateWords.DayMonth(first)}", $"FREQ=YEARLY;BYMONTH={first.Month};BYMONTHDAY={first.Day}");
    }

    public static IEnumerable<DayOfWeek> Week(DayOfWeek start) => Enumerable.Range(0, 7).Select(n => (DayOfWeek)(((int)start + n) % 7));

    public static RuleParts Toggle(RuleParts rule, DayOfWeek day) => rule with
    {
        Days = rule.Days.Any(d => d.Day == day)
            ? [.. rule.Days.Where(d => d.Day != day)]
            : [.. rule.Days.Append(new PlacedDay(day)).OrderBy(d => ((int)d.Day + 6) % 7)],
    };

    /// <summary>The places within a month that the first day can stand for.</summary>
    public static IEnumerable<(string Value, string Words)> Places(DateOnly first)
    {
        yield return (Text(first.Day), $"day {first.Day}");
        yield return ("-1", "the last day");
        yield return ($"{((first.Day - 1) / 7) + 1}:{(int)first.DayOfWeek}", $"the {Nths[(first.Day - 1) / 7]} {first.DayOfWeek}");
        if (first.Day + 7 > DateTime.DaysInMonth(first.Year, first.Month))
            yield return ($"-1:{(int)first.DayOfWeek}", $"the last {first.DayOfWeek}");
    }

    public static string PlaceOf(RuleParts rule, DateOnly first) => rule switch
    {
        { MonthDays: [var day, ..] } => Text(day),
        { Days: [{ Nth: { } nth, Day: var weekday }, ..] } => $"{nth}:{(int)weekday}",
        _ => Text(first.Day),
    };

    public static RuleParts Place(RuleParts rule, string value) => value.Split(':') switch
    {
        [var nth, var weekday] => rule with { MonthDays = [], Days = [new((DayOfWeek)Number(weekday), Number(nth))] },
        _ => rule with { Days = [], MonthDays = [Number(value)] },
    };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
