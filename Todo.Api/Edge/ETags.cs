using System.Globalization;
using Todo.Contracts.Tasks;

namespace Todo.Api.Edge;

/// <summary>Versions as HTTP writes them.</summary>
internal static class ETags
{
    public static string Quote(string version) => $"\"{version}\"";

    public static string Of(TaskView task) => Quote(task.Version.ToString(CultureInfo.InvariantCulture));

    /// <summary>The version the client expects; null when it expects none or any.</summary>
    public static string? IfMatch(HttpContext http)
    {
        var header = http.Request.Headers.IfMatch.ToString().Trim();
        if (header.StartsWith("W/", StringComparison.Ordinal))
            header = header[2..];
        return header is "" or "*" ? null : header.Trim('"');
    }

    /// <summary>The same for things that count their versions; what is no number matches no version.</summary>
    public static long? ExpectedVersion(HttpContext http) =>
        IfMatch(http) is not { } expected ? null : long.TryParse(expected, CultureInfo.InvariantCulture, out var version) ? version : -1;
}
