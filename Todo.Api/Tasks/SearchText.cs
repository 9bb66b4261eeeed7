using Todo.Contracts.Filters;

namespace Todo.Api.Tasks;

/// <summary>Turns what people type into a text query: all words, each perhaps only begun.</summary>
internal static class SearchText
{
    /// <summary>Signs that Postgres would take as part of a word (addresses, hyphens, numbers with a point), and people do not.</summary>
    public const string Signs = "@./:-_+#&=?%~<>";

    /// <summary>Null when there is no word in it.</summary>
    public static string? Query(string text) => SearchWords.Of(text) is { Count: > 0 } words ? string.Join(" & ", words.Select(word => $"{word}:*")) : null;
}
