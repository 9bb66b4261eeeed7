using System.Globalization;
using Todo.Contracts.Recurrence;
using Todo.Contracts.Tasks;

namespace Todo.Contracts.QuickAdd;

/// <summary>
/// Reads one line of quick add: <c>Pay rent #Home/Bills @money p1 every month !1d // by transfer</c>. What is not plainly a
/// token stays in the title; every token is reported, so nothing happens unseen. Quotes and a backslash keep text as it is.
/// </summary>
/// <remarks>Pure: the same text in the same context gives the same answer, in well under a millisecond.</remarks>
public static class QuickAddParser
{
    /// <summary>What is beyond this is cut off.</summary>
    public const int Longest = 2_000;

    /// <summary>Reads the first line of a text.</summary>
    public static QuickAddResult Parse(string text, QuickAddContext context)
    {
        var line = text.Length > Longest ? text[..Longest] : text;
        if (line.AsSpan().IndexOfAny('\r', '\n') is >= 0 and var end)
            line = line[..end];
        return new Line(line, context).Read();
    }

    private sealed class Line(string text, QuickAddContext context)
    {
        private readonly List<Word> _words = Word.Split(text);
        private readonly List<QuickToken> _tokens = [];
        private readonly List<string> _labels = [];
        private readonly List<QuickReminder> _reminders = [];
        private string? _notes, _project, _section, _assignee;
        private int? _priority, _estimate;
        private DateOnly? _deadline;

        public QuickAddResult Read()
        {
            ReadNotes();
            for (var at = 0; at < _words.Count; at++)
            {
                if (_words[at].Free)
                    ReadSigil(at);
            }

            ReadEstimate();
            var repeat = context.SmartDates ? ReadRepeat() : null;
            var when = context.SmartDates ? ReadWhen() : null;
            var due = Combine(repeat, when);
            return new QuickAddResult
            {
                Title = Title(),
                Notes = _notes,
                Project = _project,
                Section = _section,
                Labels = _labels,
                Assignee = _assignee,
                Priority = _priority ?? 4,
                Due = due,
                Recurrence = repeat?.Rule,
                Deadline = _deadline,
                EstimateMinutes = _estimate,
                Reminders = _reminders,
                Tokens = [.. _tokens.OrderBy(token => token.Start)],
            };
        }

        private void ReadNotes()
        {
            var at = _words.FindIndex(word => word.Free && word.Text.StartsWith("//", StringComparison.Ordinal));
            if (at < 0 || text[(_words[at].Start + 2)..].Trim() is not { Length: > 0 } notes)
                return;
            _notes = notes;
            var start = _words[at].Start;
            _tokens.Add(new QuickToken(QuickTokenKind.Notes, start, text.TrimEnd().Length - start, text[start..].TrimEnd(), notes));
            _words.RemoveRange(at, _words.Count - at);
        }

        private void ReadSigil(int at)
        {
            var word = _words[at].Text;
            switch (word[0])
            {
                case '#': ReadProject(at, word[1..]); break;
                case '@' or '%' when Name(word[1..], out var label):
                    if (!_labels.Contains(label, StringComparer.OrdinalIgnoreCase))
                        _labels.Add(label);
                    Take(QuickTokenKind.Label, at, 1, label);
                    break;
                case '+' when _assignee is null && Name(word[1..], out var person):
                    _assignee = person;
                    Take(QuickTokenKind.Assignee, at, 1, person);
                    break;
                case 'p' or 'P' or '!' when word.Length == 2 && word[1] is >= '1' and <= '4' && _priority is null:
                    _priority = word[1] - '0';
                    Take(QuickTokenKind.Priority, at, 1, $"p{_priority}");
                    break;
                case '!': ReadReminder(at, word[1..]); break;
                case '{': ReadDeadline(at, word); break;
            }
        }

        private void ReadProject(int at, string rest)
        {
            var slash = rest.StartsWith('"') ? rest.IndexOf("\"/", StringComparison.Ordinal) + 1 : rest.IndexOf('/', StringComparison.Ordinal);
            var (projectText, sectionText) = slash > 0 ? (rest[..slash], rest[(slash + 1)..]) : (rest, null);
            if (_project is not null || !Name(projectText, out var project))
                return;
            if (sectionText is not null && !Name(sectionText, out _section!))
                return;
            _project = project;
            Take(QuickTokenKind.Project, at, 1, _section is null ? project : $"{project}/{_section}");
        }

        /// <summary><c>!30m</c> before the due date, or a moment: <c>!9am</c>, <c>!tomorrow 9am</c>.</summary>
        private void ReadReminder(int at, string rest)
        {
            if (Minutes(rest, daysToo: true) is { } before)
            {
                _reminders.Add(new QuickReminder(before, null));
                Take(QuickTokenKind.Reminder, at, 1, $"{before} min before");
                return;
            }

            List<Word> moment = [new Word(rest, 0, literal: false), .. _words.Skip(at + 1)];
            if (rest.Length == 0 || new WhenWords(context, moment).Read(0, out var when) is not (> 0 and var taken))
                return;
            var (day, time) = when.Resolve(context);
            var local = day.ToDateTime(time ?? new TimeOnly(9, 0));
            _reminders.Add(new QuickReminder(null, context.InstantOf(local)));
            Take(QuickTokenKind.Reminder, at, taken, Show(day, time ?? new TimeOnly(9, 0)));
        }

        private void ReadDeadline(int at, string word)
        {
            if (_deadline is not null || !word.EndsWith('}') || word.Length < 3)
                return;
            var inside = Word.Split(word[1..^1]);
            if (inside.Count == 0 || new DateWords(context).Day(inside, 0, afterPreposition: true, out var day) != inside.Count)
                return;
            _deadline = day;
            Take(QuickTokenKind.Deadline, at, 1, Show(day, null));
        }

        /// <summary><c>for 45m</c> or <c>for 2 hours</c>, at the end of the line.</summary>
        private void ReadEstimate()
        {
            for (var at = _words.Count - 2; at >= 0; at--)
            {
                if (DateWords.Lower(_words, at) != "for")
                    continue;
                var (one, two) = (DateWords.Lower(_words, at + 1), DateWords.Lower(_words, at + 2));
                var (minutes, taken) = Minutes(one, daysToo: false) is { } whole ? (whole, 2) : Minutes(one + two, daysToo: false) is { } split && two.Length > 0 ? (split, 3) : (0, 0);
                if (minutes is < 1 or > 100_000 || !_words.Skip(at + taken).All(word => word.Taken))
                    continue;
                _estimate = minutes;
                Take(QuickTokenKind.Estimate, at, taken, $"{minutes} min");
                return;
            }
        }

        private Repeat? ReadRepeat()
        {
            if (new RepeatWords(context, _words).Find() is not { } found)
                return null;
            Take(QuickTokenKind.Recurrence, found.At, found.Length, found.Repeat.Rule.Rule);
            return found.Repeat;
        }

        private When? ReadWhen()
        {
            if (new WhenWords(context, _words).Find() is not { } found)
                return null;
            var (day, time) = found.When.Resolve(context);
            foreach (var (at, length) in found.Places)
                Take(QuickTokenKind.Due, at, length, Show(day, time));
            return found.When;
        }

        /// <summary>A repeating task starts on the first day that fits its rule, today included unless its time has passed.</summary>
        private Due? Combine(Repeat? repeat, When? when)
        {
            if (repeat is null)
                return when is { } alone && alone.Resolve(context) is var (alonesDay, alonesTime) ? new Due(alonesDay, alonesTime) : null;

            var time = repeat.Time ?? when?.Time;
            var from = repeat.Starting ?? when?.Day;
            var passed = time < TimeOnly.FromDateTime(context.Local);
            var earliest = from ?? (passed ? context.Today.AddDays(1) : context.Today);
            return new Due(RuleDates.FirstOnOrAfter(repeat.Rule.Rule, earliest) ?? earliest, time);
        }

        private void Take(QuickTokenKind kind, int at, int length, string value)
        {
            var (start, end) = (_words[at].Start, _words[at + length - 1].End);
            foreach (var word in _words.Skip(at).Take(length))
                word.Taken = true;
            _tokens.Add(new QuickToken(kind, start, end - start, text[start..end], value));
        }

        /// <summary>What is left. Quotes around the whole of it, and the backslash before a would-be token, have done their work.</summary>
        private string Title()
        {
            var left = _words.Where(word => !word.Taken).Select(word => word.Literal && word.Text[0] == '\\' ? word.Text[1..] : word.Text).ToList();
            var title = string.Join(' ', left);
            return left.Count == 1 && title.Length > 2 && title[0] == '"' && title[^1] == '"' ? title[1..^1] : title;
        }

        /// <summary>A bare name has a letter in it and no punctuation but - and _; a quoted one may be anything.</summary>
        private static bool Name(string text, out string name)
        {
            name = text.Length > 2 && text[0] == '"' && text[^1] == '"' ? text[1..^1].Trim() : text;
            if (name.Length is 0 or > TaskRules.LabelLength)
                return false;
            return name != text || (name.Any(char.IsLetter) && name.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.') && name[^1] != '.');
        }

        /// <summary><c>45m</c>, <c>1h30m</c>, <c>2hours</c>; for reminders also <c>1d</c> and <c>1w</c>.</summary>
        private static int? Minutes(string text, bool daysToo)
        {
            var (total, number) = (0, 0);
            for (var i = 0; i < text.Length;)
            {
                var digits = i;
                while (digits < text.Length && char.IsAsciiDigit(text[digits]))
                    digits++;
                var letters = digits;
                while (letters < text.Length && char.IsAsciiLetter(text[letters]))
                    letters++;
                if (digits == i || letters == digits || digits - i > 5)
                    return null;
                number = int.Parse(text[i..digits], CultureInfo.InvariantCulture);
                var unit = text[digits..letters].ToLowerInvariant() switch
                {
                    "m" or "min" or "mins" or "minute" or "minutes" => 1,
                    "h" or "hr" or "hrs" or "hour" or "hours" => 60,
                    "d" or "day" or "days" when daysToo => 1440,
                    "w" or "week" or "weeks" when daysToo => 10_080,
                    _ => 0,
                };
                if (unit == 0 || number > 525_600 / unit)
                    return null;
                total += number * unit;
                i = letters;
            }

            return total is > 0 and <= 525_600 ? total : null;
        }

        private static string Show(DateOnly day, TimeOnly? time) => time is { } clock
            ? $"{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} {clock.ToString("HH:mm", CultureInfo.InvariantCulture)}"
            : day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
