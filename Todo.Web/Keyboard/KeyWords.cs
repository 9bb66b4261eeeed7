namespace Todo.Web.Keyboard;

/// <summary>Key names as they stand on keyboards.</summary>
public static class KeyWords
{
    public static IEnumerable<string> Of(string keys) => keys.Split(", ").Where(key => !key.StartsWith("Shift+Alt", StringComparison.Ordinal)).Select(key => key
        .Replace("ArrowDown", "↓", StringComparison.Ordinal).Replace("ArrowUp", "↑", StringComparison.Ordinal)
        .Replace("ArrowLeft", "←", StringComparison.Ordinal).Replace("ArrowRight", "→", StringComparison.Ordinal)
        .Replace("Escape", "Esc", StringComparison.Ordinal).Replace("+", " ", StringComparison.Ordinal))
        .Select(key => key.Length == 1 ? key.ToUpperInvariant() : string.Join(' ', key.Split(' ').Select(part => part.Length == 1 ? part.ToUpperInvariant() : part)));
}
