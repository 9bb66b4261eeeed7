using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Todo.Web.Http;

/// <summary>Why a request failed, in words for people; from ProblemDetails where the server sent one.</summary>
/// <param name="Status">The HTTP status; 0 when no answer came.</param>
/// <param name="Message">One sentence.</param>
public sealed record Problem(int Status, string Message)
{
    public static Problem NoConnection { get; } = new(0, "No connection to the server.");

    /// <summary>Messages by field name, as the server gave them.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    /// <summary>True when trying the same again later may work: no connection, or a server in trouble.</summary>
    public bool IsTransient => Status is 0 or 408 or 429 or >= 500;

    public static Problem Read(HttpStatusCode status, string body)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        string? message = null;
        try
        {
            if (body.Length > 0 && JsonNode.Parse(body) is JsonObject details)
            {
                message = details["detail"]?.ToString() ?? details["title"]?.ToString();
                foreach (var (field, messages) in details["errors"] as JsonObject ?? [])
                {
                    if (messages is JsonArray { Count: > 0 } list && list[0] is { } first)
                        fields[field] = first.ToString();
                }
            }
        }
        catch (JsonException)
        {
            // A proxy's HTML page is no reason to show nothing: the words below still hold.
        }

        if (fields.Count > 0)
            message = string.Join(" ", fields.Values);
        return new Problem((int)status, message ?? Words(status)) { Fields = fields };
    }

    private static string Words(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound => "It is no longer there.",
        HttpStatusCode.Unauthorized => "Please sign in again.",
        HttpStatusCode.TooManyRequests => "That was a bit fast. Try again in a moment.",
        _ => $"The server could not do that ({(int)status}).",
    };
}
