namespace Todo.Web.Tasks;

/// <summary>Takes markdown apart: the part of it that notes need.</summary>
public static class MarkdownText
{
    private static readonly (string Mark, string Tag)[] Marks = [("**", "strong"), ("__", "strong"), ("~~", "del"), ("`", "code"), ("*", "em"), ("_", "em")];

    public static IEnumerable<Block> Blocks(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length;)
        {
            var line = lines[i];
            if (string.IsNullOrWhiteSpace(line))
            {
                i++;
            }
            else if (line.StartsWith("```", StringComparison.Ordinal))
            {
                var end = Array.FindIndex(lines, i + 1, l => l.StartsWith("```", StringComparison.Ordinal));
                var last = end < 0 ? lines.Length : end;
                yield return new("pre", [string.Join('\n', lines[(i + 1)..last])]);
                i = last + 1;
            }
            else
            {
                var (tag, _) = Kind(line);
                var from = i++;
                while (i < lines.Length && tag[0] != 'h' && !string.IsNullOrWhiteSpace(lines[i]) && Kind(lines[i]).Tag == tag)
                    i++;
                yield return new(tag, [.. lines[from..i].Select(l => Kind(l).After)]);
            }
        }
    }

    public static IEnumerable<Span> Spans(string line)
    {
        var plain = 0;
        for (var i = 0; i < line.Length;)
        {
            var (span, length) = At(line, i);
            if (span is null)
            {
                i++;
                continue;
            }

            if (i > plain)
                yield return new(null, line[plain..i]);
            yield return span;
            plain = i += length;
        }

        if (plain < line.Length)
            yield return new(null, line[plain..]);
    }

    private static (string Tag, string After) Kind(string line)
    {
        var text = line.TrimStart();
        var hashes = text.TakeWhile(c => c == '#').Count();
        if (hashes is > 0 and <= 6 && text.Length > hashes && text[hashes] == ' ')
            return ("h" + Math.Clamp(hashes + 1, 3, 6), text[(hashes + 1)..]); // the page has its h1 and h2 already
        if (text.StartsWith("- ", StringComparison.Ordinal) || text.StartsWith("* ", StringComparison.Ordinal))
            return ("ul", text[2..]);
        if (text.StartsWith("> ", StringComparison.Ordinal))
            return ("blockquote", text[2..]);
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        return digits > 0 && text[digits..].StartsWith(". ", StringComparison.Ordinal) ? ("ol", text[(digits + 2)..]) : ("p", text);
    }

    private static (Span? Span, int Length) At(string line, int i)
    {
        if (line[i] == '[' && Link(line, i) is { } link)
            return link;
        if (line[i] == 'h' && (i == 0 || !char.IsLetterOrDigit(line[i - 1])) && IsWeb(line[i..]))
        {
            var end = i;
            while (end < line.Length && !char.IsWhiteSpace(line[end]) && line[end] is not ('<' or '>' or '"'))
                end++;
            while (line[end - 1] is '.' or ',' or ';' or ':' or '!' or '?' or ')')
                end--;
            return (new("a", line[i..end], line[i..end]), end - i);
        }

        foreach (var (mark, tag) in Marks)
        {
            if (string.CompareOrdinal(line, i, mark, 0, mark.Length) != 0)
                continue;
            var inside = i + mark.Length;
            var end = line.IndexOf(mark, inside, StringComparison.Ordinal);
            // Emphasis hugs its words and does not begin inside one: 2 * 3 * 4 and snake_case_names stay as they are.
            if (end > inside && !char.IsWhiteSpace(line[inside]) && !char.IsWhiteSpace(line[end - 1]) && (i == 0 || !char.IsLetterOrDigit(line[i - 1])))
                return (new(tag, line[inside..end]), end + mark.Length - i);
        }

        return default;
    }

    private static (Span Span, int Length)? Link(string line, int i)
    {
        var close = line.IndexOf("](", i, StringComparison.Ordinal);
        var end = close < 0 ? -1 : line.IndexOf(')', close);
        if (end < 0)
            return null;
        var address = line[(close + 2)..end].Trim();
        return IsWeb(address) || address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)
            ? (new("a", line[(i + 1)..close], address), end + 1 - i)
            : null;
    }

    // Only these: javascript: and its relatives stay text.
    private static bool IsWeb(string text) =>
        text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    public sealed record Block(string Tag, IReadOnlyList<string> Lines);

    public sealed record Span(string? Tag, string Text, string? Link = null);
}
