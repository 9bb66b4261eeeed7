namespace Todo.Contracts.Filters;

/// <summary>What counts as a word when tasks are searched: the Api asks Postgres and the client its own tasks, and both find the same.</summary>
public static class SearchWords
{
    /// <summary>Words beyond these are not looked for.</summary>
    public const int Most = 10;

    private const int Longest = 500;

    /// <summary>The words that are looked for, in lower case: letters and digits, whatever stands between them.</summary>
    public static IReadOnlyList<string> Of(string text) => [.. Split(text.Length > Longest ? text[..Longest] : text).Take(Most)];

    /// <summary>True when every word begins some word of the text.</summary>
    public static bool Begin(IReadOnlyList<string> words, params ReadOnlySpan<string?> texts)
    {
        foreach (var word in words)
        {
            var found = false;
            foreach (var text in texts)
                found = found || (text is not null && Begins(word, text));
            if (!found)
                return false;
        }

        return words.Count > 0;
    }

    private static bool Begins(string word, string text)
    {
        for (var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if (at == 0 || !char.IsLetterOrDigit(text[at - 1]))
                return true;
        }

        return false;
    }

    private static string[] Split(string text) => new string([.. text.Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
