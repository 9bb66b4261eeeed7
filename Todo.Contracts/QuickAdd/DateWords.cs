using System.Globalization;

namespace Todo.Contracts.QuickAdd;

/// <summary>Reads days and times from words. Every method answers with how many words it took, 0 for none.</summary>
internal sealed class DateWords(QuickAddContext context)
{
    private static readonly string[] Months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    private static readonly Dictionary<string, TimeOnly> NamedTimes = new(StringComparer.Ordinal)
    {
        ["morning"] = new(9, 0),
        ["noon"] = new(12, 0),
        ["afternoon"] = new(15, 0),
        ["evening"] = new(19, 0),
        ["night"] = new(21, 0),
        ["midnight"] = new(0, 0),
    };

    /// <summary>Short words that are names, past tenses or weather as well: they need a time or a preposition beside them.</summary>
    private static readonly HashSet<string> Doubtful = new(["sun", "sat", "wed", "tom", "tod"], StringComparer.Ordinal);

    public static DayOfWeek? Weekday(string word) => word switch
    {
        "sunday" or "sundays" or "sun" => DayOfWeek.Sunday,
        "monday" or "mondays" or "mon" => DayOfWeek.Monday,
        "tuesday" or "tuesdays" or "tue" or "tues" => DayOfWeek.Tuesday,
        "wednesday" or "wednesdays" or "wed" => DayOfWeek.Wednesday,
        "thursday" or "thursdays" or "thu" or "thur" or "thurs" => DayOfWeek.Thursday,
        "friday" or "fridays" or "fri" => DayOfWeek.Friday,
        "saturday" or "saturdays" or "sat" => DayOfWeek.Saturday,
        _ => null,
    };

    public static bool IsDoubtful(string word) => Doubtful.Contains(word);

    public static int? Month(string word)
    {
        var name = word.TrimEnd('.');
        if (name.Length < 3)
            return null;
        var found = Array.FindIndex(Months, month => month == name || month[..3] == name || (name == "sept" && month == "september"));
        return found >= 0 ? found + 1 : null;
    }

    /// <summary>1 to 31 as <c>13</c>, or <c>13th</c> when ordinals are welcome.</summary>
    public static int? DayNumber(string word, bool ordinal)
    {
        var digits = word.TrimEnd(',');
        if (digits.Length > 2 && (digits[^2..] is "st" or "nd" or "rd" or "th"))
        {
            if (!ordinal)
                return null;
            digits = digits[..^2];
        }

        return digits.Length is 1 or 2 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var day) && day is >= 1 and <= 31 ? day : null;
    }

    /// <summary>Reads a day: <c>tomorrow</c>, <c>fri</c>, <c>next week</c>, <c>13 nov 2026</c>, <c>2026-11-13</c>, <c>13/11</c>; after a preposition also <c>the 13th</c>.</summary>
    public int Day(IReadOnlyList<Word> words, int at, bool afterPreposition, out DateOnly day)
    {
        day = context.Today;
        var (first, second, third) = (Lower(words, at), Lower(words, at + 1), Lower(words, at + 2));
        switch (first)
        {
            case "today" or "tod":
                return 1;
            case "tomorrow" or "tom":
                day = day.AddDays(1);
                return 1;
            case "next" when second == "week":
                day = StartOfNextWeek();
                return 2;
            case "next" when second == "month":
                day = new DateOnly(day.Year, day.Month, 1).AddMonths(1);
                return 2;
            case "next" when Weekday(second) is { } weekday:
                day = Following(StartOfNextWeek(), weekday);
                return 2;
            case "this" when second == "weekend":
                day = Following(day, DayOfWeek.Saturday);
                return 2;
            case "this" when Weekday(second) is { } weekday:
                day = Following(day.AddDays(1), weekday);
                return 2;
            case "end" when second == "of" && third == "month":
                day = new DateOnly(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month));
                return 3;
            case "the" when afterPreposition && second.Length > 2 && DayNumber(second, ordinal: true) is { } number && !char.IsAsciiDigit(second[^1]):
                return Month(third) is null && NextNumbered(number, out day) ? 2 : 0;
        }

        if (Weekday(first) is { } named)
        {
            day = Following(day.AddDays(1), named);
            return 1;
        }

        return Written(words, at, out day) is > 0 and var taken ? taken
            : afterPreposition && first.Length > 2 && !char.IsAsciiDigit(first[^1]) && DayNumber(first, ordinal: true) is { } ordinal && NextNumbered(ordinal, out day) ? 1 : 0;
    }

    /// <summary>Reads a time: <c>5pm</c>, <c>5:30 pm</c>, <c>17:30</c>; after <c>at</c> also a bare hour; after a day also <c>morning</c>.</summary>
    public static int Time(IReadOnlyList<Word> words, int at, bool bareHours, bool names, out TimeOnly time)
    {
        var word = Lower(words, at);
        if (NamedTimes.TryGetValue(word, out time))
            return names ? 1 : 0;

        var next = Lower(words, at + 1);
        if (next is "am" or "pm" && TryClock(word + next, out time))
            return 2;
        if (TryClock(word, out time))
            return 1;
        if (!bareHours || word.Length > 2 || !int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var hour) || hour > 23)
            return 0;
        time = new TimeOnly(hour is >= 1 and <= 6 ? hour + 12 : hour, 0); // nobody means five in the morning by "at 5"
        return 1;
    }

    /// <summary>The first such day on or after another.</summary>
    public static DateOnly Following(DateOnly from, DayOfWeek weekday) => from.AddDays(((int)weekday - (int)from.DayOfWeek + 7) % 7);

    private DateOnly StartOfNextWeek() => Following(context.Today.AddDays(1), context.WeekStart);

    private int Written(IReadOnlyList<Word> words, int at, out DateOnly day)
    {
        var (first, second, third) = (Lower(words, at), Lower(words, at + 1), Lower(words, at + 2));
        if (first.Length == 10 && DateOnly.TryParseExact(first, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
            return Near(day) ? 1 : 0;

        if ((DayNumber(first, ordinal: true), Month(second)) is ({ } d, { } m))
            return WithYear(third, d, m, out day) + 2 is var taken && Exists(day) ? taken : 0;
        if ((Month(first), DayNumber(second, ordinal: true)) is ({ } m2, { } d2))
            return WithYear(third, d2, m2, out day) + 2 is var taken2 && Exists(day) ? taken2 : 0;
        return Numeric(first, out day) ? 1 : 0;
    }

    private int WithYear(string word, int d, int m, out DateOnly day)
    {
        if (word.Length == 4 && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1970 and <= 2200)
            return Make(year, m, d, out day) ? 1 : 0;
        NextDated(m, d, out day);
        return 0;
    }

    /// <summary>3/4, 3/4/2027 or 3.4.2027, in the order of the locale.</summary>
    private bool Numeric(string word, out DateOnly day)
    {
        day = default;
        var slashed = word.Split('/');
        var parts = slashed.Length > 1 ? slashed : word.Split('.');
        if (parts.Length is < 2 or > 3 || (slashed.Length == 1 && parts.Length != 3))
            return false;
        if (parts.Any(part => part.Length is 0 or > 4 || !part.All(char.IsAsciiDigit)) || parts[0].Length > 2 || parts[1].Length > 2)
            return false;

        var numbers = Array.ConvertAll(parts, part => int.Parse(part, CultureInfo.InvariantCulture));
        var (d, m) = context.MonthFirst && slashed.Length > 1 ? (numbers[1], numbers[0]) : (numbers[0], numbers[1]);
        if (parts.Length == 2)
            return NextDated(m, d, out day);
        var year = parts[2].Length == 2 ? 2000 + numbers[2] : numbers[2];
        return parts[2].Length is 2 or 4 && Make(year, m, d, out day) && Near(day);
    }

    /// <summary>That day of the month, this month or a later one that has it.</summary>
    private bool NextNumbered(int number, out DateOnly day)
    {
        var month = new DateOnly(context.Today.Year, context.Today.Month, 1);
        for (day = month; ; month = month.AddMonths(1))
        {
            if (number <= DateTime.DaysInMonth(month.Year, month.Month) && month.AddDays(number - 1) is var found && found > context.Today)
            {
                day = found;
                return true;
            }
        }
    }

    /// <summary>That day of the year, this year or the next that has it.</summary>
    private bool NextDated(int m, int d, out DateOnly day)
    {
        for (var year = context.Today.Year; year <= context.Today.Year + 8; year++)
        {
            if (Make(year, m, d, out day) && day >= context.Today)
                return true;
        }

        day = default;
        return false;
    }

    private static bool Make(int year, int month, int dayOfMonth, out DateOnly day)
    {
        day = default;
        if (year is < 1970 or > 2200 || month is < 1 or > 12 || dayOfMonth < 1 || dayOfMonth > DateTime.DaysInMonth(year, month))
            return false;
        day = new DateOnly(year, month, dayOfMonth);
        return true;
    }

    private static bool Exists(DateOnly day) => day != default;

    private static bool Near(DateOnly day) => day.Year is >= 1970 and <= 2200;

    private static bool TryClock(string word, out TimeOnly time)
    {
        time = default;
        var half = word.EndsWith("am", StringComparison.Ordinal) ? 0 : word.EndsWith("pm", StringComparison.Ordinal) ? 12 : -1;
        var parts = (half < 0 ? word : word[..^2]).Split(':');
        if (parts.Length > 2 || (half < 0 && parts.Length == 1) || parts[0].Length is 0 or > 2 || parts.Any(part => !part.All(char.IsAsciiDigit)))
            return false;
        var minute = parts.Length == 1 ? 0 : parts[1].Length == 2 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 60;
        var hour = int.Parse(parts[0], CultureInfo.InvariantCulture);
        if (minute > 59 || (half < 0 ? hour > 23 : hour is < 1 or > 12))
            return false;
        time = new TimeOnly(half < 0 ? hour : hour % 12 + half, minute);
        return true;
    }

    /// <summary>The word there in lower case; nothing beyond the end, and nothing that belongs to another token.</summary>
    public static string Lower(IReadOnlyList<Word> words, int at) => at < words.Count && words[at].Free ? words[at].Lower : "";
}
