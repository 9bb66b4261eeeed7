namespace Todo.Contracts.QuickAdd;

/// <summary>A word of the line and where it stands. A taken word belongs to a token; a literal one may belong to none.</summary>
internal sealed class Word(string text, int start, bool literal)
{
    public string Text { get; } = text;

    public string Lower { get; } = text.ToLowerInvariant();

    public int Start { get; } = start;

    public int End => Start + Text.Length;

    public bool Literal { get; } = literal;

    public bool Taken { get; set; }

    public bool Free => !Taken && !Literal;

    /// <summary>Splits at white space. Quoted pieces and names in quotes stay whole; so does what stands in braces.</summary>
    public static List<Word> Split(string line)
    {
        var words = new List<Word>();
        for (var i = 0; i < line.Length;)
        {
            if (char.IsWhiteSpace(line[i]))
            {
                i++;
                continue;
            }

            var start = i;
            var literal = line[i] == '"' && line.IndexOf('"', i + 1) > i;
            while (i < line.Length && !char.IsWhiteSpace(line[i]))
                i = Closing(line, i) is { } end ? end + 1 : i + 1;
            words.Add(new Word(line[start..i], start, literal || line[start] == '\\'));
        }

        return words;
    }

    private static int? Closing(string line, int at)
    {
        var close = line[at] switch { '"' => '"', '{' => '}', _ => '\0' };
        return close != '\0' && line.IndexOf(close, at + 1) is > 0 and var end ? end : null;
    }
}
