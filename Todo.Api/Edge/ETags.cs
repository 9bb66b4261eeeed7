namespace Todo.Api.Edge;

/// <summary>Versions as HTTP writes them.</summary>
internal static class ETags
{
    public static string Quote(string version) => $"\"{version}\"";

    /// <summary>The version the client expects; null when it expects none or any.</summary>
    public static string? IfMatch(HttpContext http)
    {
        var header = http.Request.Headers.IfMatch.ToString().Trim();
        if (header.StartsWith("W/", StringComparison.Ordinal))
            header = header[2..];
        return header is "" or "*" ? null : header.Trim('"');
    }
}
