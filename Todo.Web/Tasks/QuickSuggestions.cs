namespace Todo.Web.Tasks;

/// <summary>What the word being typed at the end of a quick-add line may become: a project after #, a label after @.</summary>
public sealed record QuickSuggestions(char Sign, int Start, IReadOnlyList<string> Names)
{
    private const int Most = 6;

    public static QuickSuggestions None { get; } = new(' ', 0, []);

    public static QuickSuggestions For(string text, IEnumerable<string> projects, IEnumerable<string> labels)
    {
        var start = text.LastIndexOf(' ') + 1;
        if (start >= text.Length || text[start] is not ('#' or '@'))
            return None;
        var (sign, typed) = (text[start], text[(start + 1)..]);
        var known = (sign == '#' ? projects : labels).ToList();

        // A word that names one already is complete: the next Enter adds the task.
        if (known.Contains(typed, StringComparer.OrdinalIgnoreCase))
            return None;
        var names = known.Where(name => name.Contains(typed, StringComparison.OrdinalIgnoreCase))
            .OrderBy(name => !name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).Take(Most).ToList();
        return new(sign, start, names);
    }

    /// <summary>The line with the word completed; a name of several words goes into quotes.</summary>
    public string Take(string text, string name) => $"{text[..Start]}{Sign}{(name.Any(c => !char.IsLetterOrDigit(c) && c is not ('-' or '_')) ? $"\"{name}\"" : name)} ";
}
