using System.Globalization;
using Todo.Contracts.Recurrence;

namespace Todo.Contracts.QuickAdd;

/// <summary>A repetition as typed.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Starting">The day it starts from, when the line says so.</param>
/// <param name="Time">The time of day, when the line says so.</param>
internal sealed record Repeat(RecurrenceRule Rule, DateOnly? Starting, TimeOnly? Time);

/// <summary>Finds how a line repeats: <c>every</c> …, where it begins or ends the line, or <c>daily</c> and its kin at the end.</summary>
internal sealed class RepeatWords(QuickAddContext context, IReadOnlyList<Word> words)
{
    private static readonly string[] DayNames = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

    private readonly DateWords _dates = new(context);

    public (Repeat Repeat, int At, int Length)? Find()
    {
        for (var at = words.Count - 1; at >= 0; at--)
        {
            if (Read(at, out var repeat) is > 0 and var taken && Counts(at, taken))
                return (repeat!, at, taken);
        }

        return null;
    }

    private int Read(int at, out Repeat? repeat)
    {
        repeat = null;
        var (lead, rule) = DateWords.Lower(words, at) switch
        {
            "every" or "ev" or "every!" or "ev!" => Every(at + 1) is { Length: > 0 } every ? (1 + every.Length, every.Rule) : (0, ""),
            "daily" => (1, "FREQ=DAILY"),
            "weekly" => (1, "FREQ=WEEKLY"),
            "monthly" => (1, "FREQ=MONTHLY"),
            "quarterly" => (1, "FREQ=MONTHLY;INTERVAL=3"),
            "yearly" or "annually" => (1, "FREQ=YEARLY"),
            _ => (0, ""),
        };
        if (lead == 0)
            return 0;

        var end = at + lead;
        end += Clock(end, out var time);
        end += Starting(end, out var starting);
        end += Ending(end, out var ending);
        var mode = words[at].Lower.EndsWith('!') ? RecurrenceMode.AfterCompletion : RecurrenceMode.SkipMissed;
        repeat = new Repeat(new RecurrenceRule(rule + ending, mode), starting, time);
        return end - at;
    }

    private (int Length, string Rule) Every(int at)
    {
        var first = DateWords.Lower(words, at);
        var interval = first == "other" ? 2
            : first.Length <= 3 && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is >= 1 and <= 999 ? n : 0;
        if (interval > 0)
            return Unit(at + 1, interval) is { Length: > 0 } counted ? (1 + counted.Length, counted.Rule) : Dated(at);
        if (Unit(at, 1) is { Length: > 0 } unit)
            return unit;
        if (first == "last" && DateWords.Lower(words, at + 1) == "day")
            return (2 + OfTheMonth(at + 2), "FREQ=MONTHLY;BYMONTHDAY=-1");
        if (Nth(first) is { } nth && DateWords.Weekday(DateWords.Lower(words, at + 1)) is { } weekday)
            return (2 + OfTheMonth(at + 2), $"FREQ=MONTHLY;BYDAY={nth}{DayNames[(int)weekday]}");
        return Dated(at) is { Length: > 0 } dated ? dated
            : first.Length > 2 && DateWords.DayNumber(first, ordinal: true) is { } day ? (1 + OfTheMonth(at + 1), $"FREQ=MONTHLY;BYMONTHDAY={day}") : (0, "");
    }

    /// <summary>A unit, or a list of weekdays: <c>mon, wed and fri</c>.</summary>
    private (int Length, string Rule) Unit(int at, int interval)
    {
        var every = interval == 1 ? "" : $";INTERVAL={interval}";
        switch (DateWords.Lower(words, at))
        {
            case "day" or "days": return (1, $"FREQ=DAILY{every}");
            case "week" or "weeks": return (1, $"FREQ=WEEKLY{every}");
            case "month" or "months": return (1, $"FREQ=MONTHLY{every}");
            case "quarter" or "quarters": return (1, $"FREQ=MONTHLY;INTERVAL={3 * interval}");
            case "year" or "years": return (1, $"FREQ=YEARLY{every}");
            case "weekday" or "weekdays" or "workday" or "workdays" when interval == 1: return (1, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR");
            case "weekend" or "weekends": return (1, $"FREQ=WEEKLY{every};BYDAY=SA");
        }

        var days = new List<string>();
        var end = at;
        for (var next = at; DateWords.Weekday(DateWords.Lower(words, next).TrimEnd(',')) is { } day; next = Joined(end))
        {
            days.Add(DayNames[(int)day]);
            end = next + 1;
        }

        return days.Count == 0 ? (0, "") : (end - at, $"FREQ=WEEKLY{every};BYDAY={string.Join(',', days.Distinct())}{WeekStart(interval)}");
    }

    private string WeekStart(int interval) => interval == 1 || context.WeekStart == DayOfWeek.Monday ? "" : $";WKST={DayNames[(int)context.WeekStart]}";

    private int Joined(int at) => DateWords.Lower(words, at) is "and" or "&" or "," ? at + 1 : at;

    /// <summary><c>jan 27</c> or <c>27 jan</c>.</summary>
    private (int Length, string Rule) Dated(int at)
    {
        var (first, second) = (DateWords.Lower(words, at), DateWords.Lower(words, at + 1));
        var (month, day) = DateWords.Month(first) is { } m ? (m, DateWords.DayNumber(second, ordinal: true)) : (DateWords.Month(second) ?? 0, DateWords.DayNumber(first, ordinal: true));
        return month > 0 && day <= DateTime.DaysInMonth(2000, month) ? (2, $"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}") : (0, "");
    }

    private int OfTheMonth(int at) =>
        DateWords.Lower(words, at) != "of" ? 0 : DateWords.Lower(words, at + 1) == "month" ? 2
        : DateWords.Lower(words, at + 1) is "the" or "each" or "every" && DateWords.Lower(words, at + 2) == "month" ? 3 : 0;

    private static int? Nth(string word) => word switch
    {
        "1st" or "first" => 1,
        "2nd" or "second" => 2,
        "3rd" or "third" => 3,
        "4th" or "fourth" => 4,
        "5th" or "fifth" => 5,
        "last" => -1,
        _ => null,
    };

    private int Clock(int at, out TimeOnly? time)
    {
        var preposition = DateWords.Lower(words, at) == "at" ? 1 : 0;
        var taken = DateWords.Time(words, at + preposition, bareHours: preposition == 1, names: true, out var found);
        time = taken > 0 ? found : null;
        return taken > 0 ? preposition + taken : 0;
    }

    private int Starting(int at, out DateOnly? starting)
    {
        starting = null;
        if (DateWords.Lower(words, at) is not ("starting" or "from") || _dates.Day(words, at + 1, afterPreposition: true, out var day) is not (> 0 and var taken))
            return 0;
        starting = day;
        return 1 + taken;
    }

    private int Ending(int at, out string ending)
    {
        ending = "";
        if (DateWords.Lower(words, at) is "until" or "till" && _dates.Day(words, at + 1, afterPreposition: true, out var last) is > 0 and var taken)
        {
            ending = string.Create(CultureInfo.InvariantCulture, $";UNTIL={last:yyyyMMdd}");
            return 1 + taken;
        }

        if (DateWords.Lower(words, at) == "for" && DateWords.Lower(words, at + 2) is "times" or "time"
            && int.TryParse(DateWords.Lower(words, at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= 1000)
        {
            ending = $";COUNT={count}";
            return 3;
        }

        return 0;
    }

    /// <summary>"Every" may open or close a line; "weekly" opens titles ("Weekly review"), so it counts at the end only.</summary>
    private bool Counts(int at, int length) =>
        words.Skip(at + length).All(word => word.Taken)
        || (words[at].Lower.StartsWith("ev", StringComparison.Ordinal) && words.Take(at).All(word => word.Taken));
}
