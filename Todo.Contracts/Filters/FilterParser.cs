using System.Globalization;
using Todo.Contracts.QuickAdd;

namespace Todo.Contracts.Filters;

/// <summary>Where a filter stops making sense, and what was expected there.</summary>
/// <param name="At">The position in the text, from 0.</param>
/// <param name="Message">A sentence for people.</param>
public sealed record FilterError(int At, string Message);

/// <summary>
/// Reads the filter language: conditions joined by <c>&amp;</c> and <c>|</c> (a comma is the same as <c>|</c>), <c>!</c> before a condition, parentheses.
/// Conditions: <c>today</c>, <c>tomorrow</c>, <c>overdue</c>, <c>7 days</c>, <c>no date</c>, <c>no time</c>, <c>due: fri</c>, <c>due before: …</c>, <c>due after: …</c>,
/// <c>deadline before: …</c>, <c>created after: …</c>, <c>p1</c>, <c>#project</c>, <c>/section</c>, <c>inbox</c>, <c>@label</c>, <c>@la*</c>, <c>no label</c>, <c>recurring</c>,
/// <c>subtask</c>, <c>search: words</c>, <c>all</c>. A name with one of these signs in it stands in quotes: <c>#"Home (old)"</c>.
/// </summary>
public static class FilterParser
{
    /// <summary>The longest filter.</summary>
    public const int Longest = 1000;

    private const int Deepest = 40;

    private const string Expected = "a condition such as today, overdue, p1, #project or @label";

    /// <summary>Reads a filter, with days as they are now where the reader is; or says where it goes wrong.</summary>
    public static bool TryParse(string text, QuickAddContext context, out FilterNode filter, out FilterError? error)
    {
        filter = new FilterNode.Term(FilterKind.All);
        if (text.Length > Longest)
        {
            error = new FilterError(Longest, $"At most {Longest} characters.");
            return false;
        }

        var reader = new Reader(text, context);
        try
        {
            filter = reader.Any(0);
            reader.End();
            error = null;
            return true;
        }
        catch (FormatException e)
        {
            error = new FilterError(reader.At, e.Message);
            return false;
        }
    }

    private sealed class Reader(string text, QuickAddContext context)
    {
        public int At { get; private set; }

        public FilterNode Any(int depth)
        {
            var left = All(depth);
            while (Eat('|') || Eat(','))
                left = new FilterNode.Or(left, All(depth));
            return left;
        }

        public void End()
        {
            Skip();
            if (At < text.Length)
                throw new FormatException(text[At] == ')' ? "This parenthesis was never opened." : "Expected & or | here.");
        }

        private FilterNode All(int depth)
        {
            var left = One(depth);
            while (Eat('&'))
                left = new FilterNode.And(left, One(depth));
            return left;
        }

        private FilterNode One(int depth)
        {
            if (depth > Deepest)
                throw new FormatException("Too deeply nested.");
            if (Eat('!'))
                return new FilterNode.Not(One(depth + 1));
            if (!Eat('('))
                return Condition();
            var inner = Any(depth + 1);
            return Eat(')') ? inner : throw new FormatException("Expected ) here.");
        }

        private FilterNode.Term Condition()
        {
            Skip();
            var start = At;
            while (At < text.Length && text[At] is not ('&' or '|' or ',' or '(' or ')' or '!'))
                At = OpensQuote(start) ? Closing() + 1 : At + 1;
            var raw = text[start..At].Trim();
            if (raw.Length == 0)
            {
                At = start;
                throw new FormatException($"Expected {Expected} here.");
            }

            if (Term(raw) is { } term)
                return term;
            At = start;
            throw new FormatException($"Not understood: {(raw.Length > 40 ? raw[..40] : raw)}. Expected {Expected}.");
        }

        /// <summary>A quote opens where a name or text begins: after #, /, @ or a colon. Anywhere else it is a part of the name.</summary>
        private bool OpensQuote(int start)
        {
            if (text[At] != '"')
                return false;
            var before = text[start..At].TrimEnd();
            return before.Length > 0 && before[^1] is ':' or '#' or '/' or '@';
        }

        private int Closing()
        {
            var end = text.IndexOf('"', At + 1);
            return end > 0 ? end : throw new FormatException("This quote is never closed.");
        }

        private FilterNode.Term? Term(string raw)
        {
            var today = context.Today;
            switch (raw.ToLowerInvariant())
            {
                case "today": return Due(today, today);
                case "tomorrow": return Due(today.AddDays(1), today.AddDays(1));
                case "yesterday": return Due(today.AddDays(-1), today.AddDays(-1));
                case "overdue" or "od": return Due(null, today.AddDays(-1));
                case "no date" or "no due date": return new(FilterKind.NoDate);
                case "no time": return new(FilterKind.NoTime);
                case "no label" or "no labels": return new(FilterKind.NoLabel);
                case "no priority": return new(FilterKind.Priority, Number: 4);
                case "inbox": return new(FilterKind.Inbox);
                case "recurring": return new(FilterKind.Recurring);
                case "subtask": return new(FilterKind.SubTask);
                case "all" or "view all": return new(FilterKind.All);
                case "p1" or "p2" or "p3" or "p4": return new(FilterKind.Priority, Number: raw[1] - '0');
            }

            return raw[0] switch
            {
                '#' when raw.Length > 1 => new(FilterKind.Project, Unquote(raw[1..])),
                '/' when raw.Length > 1 => new(FilterKind.Section, Unquote(raw[1..])),
                '@' when raw.Length > 1 => new(FilterKind.Label, Unquote(raw[1..])),
                _ => NextDays(raw.ToLowerInvariant()) ?? WithColon(raw) ?? (Day(raw) is { } day ? Due(day, day) : null),
            };
        }

        private FilterNode.Term? NextDays(string raw)
        {
            var words = raw.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var count = words.Length > 0 && words[0] == "next" ? words[1..] : words;
            return count.Length == 2 && count[1] == "days" && int.TryParse(count[0], NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is >= 1 and <= 3660
                ? Due(context.Today, context.Today.AddDays(n - 1)) : null;
        }

        private FilterNode.Term? WithColon(string raw)
        {
            var colon = raw.IndexOf(':', StringComparison.Ordinal);
            if (colon < 1)
                return null;
            var (name, value) = (raw[..colon].Trim().ToLowerInvariant(), raw[(colon + 1)..].Trim());
            if (name == "search")
                return value.Length > 0 ? new(FilterKind.Search, Unquote(value)) : null;
            if (Day(value) is not { } day)
                return null;

            return name switch
            {
                "due" or "date" => Due(day, day),
                "due before" or "before" => Due(null, day.AddDays(-1)),
                "due after" or "after" => Due(day.AddDays(1), null),
                "deadline" => new(FilterKind.Deadline, From: day, To: day),
                "deadline before" => new(FilterKind.Deadline, To: day.AddDays(-1)),
                "deadline after" => new(FilterKind.Deadline, From: day.AddDays(1)),
                "created" => new(FilterKind.Created, From: day, To: day),
                "created before" => new(FilterKind.Created, To: day.AddDays(-1)),
                "created after" => new(FilterKind.Created, From: day.AddDays(1)),
                _ => null,
            };
        }

        private DateOnly? Day(string value)
        {
            var words = Word.Split(value);
            if (words is [{ Lower: "yesterday" }])
                return context.Today.AddDays(-1);
            if (words.Count == 0)
                return null;
            return new DateWords(context).Day(words, 0, afterPreposition: true, out var day) == words.Count ? day
                : new WhenWords(context, words).Read(0, out var when) == words.Count ? when.Day : null;
        }

        private static FilterNode.Term Due(DateOnly? from, DateOnly? to) => new(FilterKind.Due, From: from, To: to);

        private static string Unquote(string value) => value.Trim() is { Length: > 2 } trimmed && trimmed[0] == '"' && trimmed[^1] == '"' ? trimmed[1..^1] : value.Trim();

        private bool Eat(char c)
        {
            Skip();
            if (At >= text.Length || text[At] != c)
                return false;
            At++;
            return true;
        }

        private void Skip()
        {
            while (At < text.Length && char.IsWhiteSpace(text[At]))
                At++;
        }
    }
}
