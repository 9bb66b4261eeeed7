using System.Globalization;
using System.Text.RegularExpressions;

namespace Todo.AppHost.Dapr;

/// <summary>Durations as Go, and so Dapr, writes them: 90s, 1h30m, 500ms.</summary>
internal static partial class GoDuration
{
    public static TimeSpan? Parse(string text) =>
        Whole().IsMatch(text) ? Part().Matches(text).Aggregate(TimeSpan.Zero, (sum, part) => sum + Length(part)) : null;

    private static TimeSpan Length(Match part) =>
        double.Parse(part.Groups["number"].Value, CultureInfo.InvariantCulture) * part.Groups["unit"].Value switch
        {
            "ms" => TimeSpan.FromMilliseconds(1),
            "s" => TimeSpan.FromSeconds(1),
            "m" => TimeSpan.FromMinutes(1),
            _ => TimeSpan.FromHours(1),
        };

    [GeneratedRegex(@"^(\d+(\.\d+)?(ms|s|m|h))+$")]
    private static partial Regex Whole();

    [GeneratedRegex(@"(?<number>\d+(\.\d+)?)(?<unit>ms|s|m|h)")]
    private static partial Regex Part();
}
