using System.Globalization;

namespace Todo.Contracts.QuickAdd;

/// <summary>A due date as typed: a day, a time, or both.</summary>
internal readonly record struct When(DateOnly? Day, TimeOnly? Time)
{
    /// <summary>A time alone is today's, or tomorrow's when it has passed.</summary>
    public (DateOnly Day, TimeOnly? Time) Resolve(QuickAddContext context) =>
        Day is { } day ? (day, Time) : (TimeOnly.FromDateTime(context.Local) < Time ? context.Today : context.Today.AddDays(1), Time);
}

/// <summary>Finds the due date of a line: only where it begins or ends the line, or follows at, on, by or due.</summary>
internal sealed class WhenWords(QuickAddContext context, IReadOnlyList<Word> words)
{
    private readonly DateWords _dates = new(context);

    /// <summary>The last one that counts; a time further on joins a day before it.</summary>
    public (When When, List<(int At, int Length)> Places)? Find()
    {
        (When When, int At, int Length)? day = null, time = null;
        for (var at = 0; at < words.Count;)
        {
            var taken = Read(at, out var when);
            if (taken == 0 || !Counts(at, taken))
            {
                at++;
                continue;
            }

            if (when.Day is null)
                time = (when, at, taken);
            else
                day = (when, at, taken);
            at += taken;
        }

        return (day, time) switch
        {
            ({ When.Time: null } d, { } t) => (new When(d.When.Day, t.When.Time), [(d.At, d.Length), (t.At, t.Length)]),
            ({ } d, _) => (d.When, [(d.At, d.Length)]),
            (_, { } t) => (t.When, [(t.At, t.Length)]),
            _ => null,
        };
    }

    /// <summary>Reads a due date that begins at a word, with its preposition.</summary>
    public int Read(int at, out When when)
    {
        when = default;
        var preposition = DateWords.Lower(words, at) is "at" or "on" or "by" or "due" ? 1 : 0;
        if (preposition == 1 && DateWords.Lower(words, at + 1) is "on" or "by" or "at" && DateWords.Lower(words, at) == "due")
            preposition = 2;
        var from = at + preposition;

        if (DateWords.Lower(words, from) == "tonight")
        {
            when = new When(context.Today, new TimeOnly(21, 0));
            return preposition + 1;
        }

        if (Ahead(from, out when) is > 0 and var ahead)
            return preposition + ahead;

        var days = _dates.Day(words, from, preposition > 0, out var day);
        if (days == 0)
        {
            var bare = preposition > 0 && DateWords.Lower(words, from - 1) == "at";
            var times = DateWords.Time(words, from, bare, names: bare, out var time);
            when = new When(null, time);
            return times > 0 ? preposition + times : 0;
        }

        var after = from + days;
        var at2 = DateWords.Lower(words, after) == "at" ? 1 : 0;
        var clock = DateWords.Time(words, after + at2, bareHours: at2 == 1, names: true, out var clockTime);
        when = new When(day, clock > 0 ? clockTime : null);
        if (clock == 0 && preposition == 0 && DateWords.IsDoubtful(words[from].Lower))
            return 0;
        return preposition + days + (clock > 0 ? at2 + clock : 0);
    }

    /// <summary><c>in 3 days</c>, <c>in 2 hours</c>, <c>in a week</c>.</summary>
    private int Ahead(int at, out When when)
    {
        when = default;
        if (DateWords.Lower(words, at) != "in")
            return 0;
        var count = DateWords.Lower(words, at + 1) is "a" or "an" or "one" ? 1
            : int.TryParse(DateWords.Lower(words, at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is >= 1 and <= 1000 ? n : 0;
        if (count == 0)
            return 0;

        var today = context.Today;
        switch (DateWords.Lower(words, at + 2))
        {
            case "min" or "mins" or "minute" or "minutes": when = Moment(context.Local.AddMinutes(count)); return 3;
            case "h" or "hour" or "hours": when = Moment(context.Local.AddHours(count)); return 3;
            case "day" or "days": when = new When(today.AddDays(count), null); return 3;
            case "week" or "weeks": when = new When(today.AddDays(7 * count), null); return 3;
            case "month" or "months": when = new When(today.AddMonths(count), null); return 3;
            case "year" or "years" when count <= 100: when = new When(today.AddYears(count), null); return 3;
            default: return 0;
        }
    }

    private static When Moment(DateTime local) => new(DateOnly.FromDateTime(local), new TimeOnly(local.Hour, local.Minute));

    /// <summary>
    /// At the end of the line anything that reads as a day or time is one; elsewhere it must begin the line or follow its preposition, and
    /// must not be what titles are full of: "on the 2nd floor", "3/4 cup", "at 5 Main Street".
    /// </summary>
    private bool Counts(int at, int length)
    {
        var preposition = DateWords.Lower(words, at) is "at" or "on" or "by" or "due";
        if (!preposition && words[at].Lower == "24/7")
            return false;
        if (words.Skip(at + length).All(word => word.Taken))
            return true;
        return !OrdinalAlone(at, length) && !Fraction(at, length) && !HouseNumber(at + length)
            && (preposition || words.Take(at).All(word => word.Taken));
    }

    private bool OrdinalAlone(int at, int length) =>
        words[at + length - 1].Lower is [>= '0' and <= '9', .., 's' or 'n' or 'r' or 't', 't' or 'd' or 'h'] && (length < 2 || DateWords.Month(words[at + length - 2].Lower) is null);

    private bool Fraction(int at, int length) => length == 1 && words[at].Lower.Count(c => c == '/') == 1;

    /// <summary>A bare hour before a name is the number of a house.</summary>
    private bool HouseNumber(int after) =>
        words[after - 1].Lower.All(char.IsAsciiDigit) && after > 1 && words[after - 2].Lower == "at" && words[after].Text is [>= 'A' and <= 'Z', ..];
}
