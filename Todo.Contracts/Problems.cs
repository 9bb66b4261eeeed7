namespace Todo.Contracts;

/// <summary>What is wrong with a request, by field; empty when nothing is. Browser and API say the same words.</summary>
public sealed class Problems : Dictionary<string, string[]>
{
    /// <summary>Notes <paramref name="message"/> against <paramref name="field"/> unless <paramref name="holds"/>.</summary>
    public Problems Require(bool holds, string field, string message)
    {
        if (!holds)
            this[field] = TryGetValue(field, out var before) ? [.. before, message] : [message];
        return this;
    }

    /// <summary>Text of a length that fits, without characters that no keyboard types.</summary>
    public Problems RequireText(string? text, string field, int shortest, int longest, bool lines = false)
    {
        var length = text?.Length ?? 0;
        Require(length <= longest, field, $"At most {longest:N0} characters.");
        Require(shortest == 0 || !string.IsNullOrWhiteSpace(text), field, "Must not be empty.");
        return Require(text is null || IsPrintable(text, lines), field, "Contains characters that are not text.");
    }

    /// <summary>A day that calendars of people reach.</summary>
    public Problems RequireDay(DateOnly? day, string field) =>
        Require(day is null or { Year: >= 1970 and <= 2200 }, field, "Between the years 1970 and 2200.");

    private static bool IsPrintable(string text, bool lines)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (char.IsSurrogate(c) || (char.IsControl(c) && !(lines && c is '\n' or '\r' or '\t')))
                return false;
        }

        return true;
    }
}
