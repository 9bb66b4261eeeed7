using System.Globalization;
using System.Text.RegularExpressions;

namespace Todo.Web.Dates;

/// <summary>Lengths of time in words: 45 min, 2 h, 1 h 30 min.</summary>
public static partial class SpanWords
{
    private const int Longest = 100_000;

    public static string Of(int minutes) => (minutes / 60, minutes % 60) switch
    {
        (0, var m) => $"{m} min",
        (var h, 0) => $"{h} h",
        var (h, m) => $"{h} h {m} min",
    };

    /// <summary>Reads what a person writes: "45", "45m", "1.5 h", "1h30", "2 hours"; null when it is none of these.</summary>
    public static int? Read(string text)
    {
        var read = Pattern().Match(text.Trim().Replace(',', '.'));
        if (!read.Success || read.Length == 0)
            return null;
        var hours = Number(read.Groups["h"].Value);
        var minutes = Number(read.Groups["m"].Value);
        var all = Math.Round((hours * 60) + minutes);
        return all is >= 1 and <= Longest ? (int)all : null;
    }

    private static double Number(string text) => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(@"^(?:(?<h>\d{1,5}(?:\.\d{1,3})?)\s*h(?:ours?|rs?)?\s*)?(?:(?<m>\d{1,6})\s*(?:m(?:in(?:ute)?s?)?)?)?$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
