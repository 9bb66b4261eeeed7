namespace Todo.Contracts.Tasks;

/// <summary>Places between places: texts that sort ordinally, so that moving one task rewrites one task.</summary>
public static class OrderKey
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>The longest key that is accepted.</summary>
    public const int Longest = 100;

    /// <summary>True for a key this class could have made.</summary>
    public static bool IsValid(string key) =>
        key.Length is > 0 and <= Longest && key.All(char.IsAsciiLetterOrDigit) && key[^1] != '0';

    /// <summary>A key that sorts after everything made before <paramref name="now"/>: new things go last.</summary>
    public static string Last(DateTimeOffset now)
    {
        Span<char> text = stackalloc char[9];
        var rest = now.ToUnixTimeMilliseconds();
        for (var i = text.Length - 1; i > 0; i--)
        {
            text[i] = Digits[(int)(rest % 62)];
            rest /= 62;
        }

        text[0] = 'U'; // leaves room before and after for what people move
        return text[^1] == '0' ? string.Concat(text, "1") : text.ToString();
    }

    /// <summary>A key strictly between two others; null stands for the very beginning or end.</summary>
    public static string Between(string? before, string? after)
    {
        var key = new List<char>();
        for (var i = 0; ; i++)
        {
            var low = before is not null && i < before.Length ? Digits.IndexOf(before[i]) : 0;
            var high = after is not null && i < after.Length ? Digits.IndexOf(after[i]) : after is null ? Digits.Length : 0;
            if (high - low > 1)
                return new string([.. key, Digits[(low + high) / 2]]);
            key.Add(Digits[low]);
            if (low < high)
                after = null; // the prefix is already smaller, so only the lower bound counts from here
        }
    }
}
