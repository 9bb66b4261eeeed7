namespace Todo.Api.Tasks;

/// <summary>Turns what people type into a text query: all words, each perhaps only begun.</summary>
internal static class SearchText
{
    private const int MostWords = 10;

    /// <summary>Null when there is no word in it.</summary>
    public static string? Query(string text)
    {
        var words = new string([.. text.Take(500).Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MostWords).Select(word => $"{word}:*").ToList();
        return words.Count == 0 ? null : string.Join(" & ", words);
    }
}
