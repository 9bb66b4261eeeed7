using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Todo.Contracts;
using Todo.Web.Dates;

namespace Todo.Web.Http;

/// <summary>Speaks JSON with /api/v1 and never throws for what a server or a network may do: every call has an answer.</summary>
public sealed class Api(HttpClient http, UserClock clock)
{
    private int _visit;

    /// <summary>Raised when the server no longer knows who we are.</summary>
    public event Action? SignedOut;

    /// <summary>JSON as the contracts write it; generated, so nothing is looked up by reflection.</summary>
    public static string Json<T>(T value) => JsonSerializer.Serialize(value, ContractsJson.Default.Options.GetTypeInfo(typeof(T)));

    /// <summary>Somebody has left: what was asked for them and not yet answered shows up nowhere any more.</summary>
    public void EndVisit() => _visit++;

    public Task<Answer<T>> GetAsync<T>(string path, CancellationToken ct = default) => SendAsync<T>(HttpMethod.Get, path, null, null, ct);

    /// <summary>Sends a write. The command id makes a second try harmless and lets the live feed's echo be recognised.</summary>
    public async Task<Answer<T>> SendAsync<T>(
        HttpMethod method, string path, string? json, string? commandId = null, CancellationToken ct = default)
    {
        var (body, problem) = await AskAsync(method, path, json, commandId, ct);
        if (problem is not null)
            return new(problem);

        try
        {
            return new(body.Length == 0 ? default : (T?)JsonSerializer.Deserialize(body, ContractsJson.Default.Options.GetTypeInfo(typeof(T))), null);
        }
        catch (JsonException)
        {
            return new(new Problem(0, "The server answered in a way this page does not understand. A reload may help."));
        }
    }

    /// <summary>Sends a write whose answer says nothing that we need; null when it was done.</summary>
    public async Task<Problem?> SendAsync(HttpMethod method, string path, string? json = null, string? commandId = null) =>
        (await AskAsync(method, path, json, commandId, default)).Problem;

    private async Task<(byte[] Body, Problem? Problem)> AskAsync(
        HttpMethod method, string path, string? json, string? commandId, CancellationToken ct)
    {
        var (isRead, visit) = (method == HttpMethod.Get, _visit);
        using var request = new HttpRequestMessage(method, "api/v1/" + path);
        request.Headers.Add("X-Zone", clock.Zone.Id);
        if (commandId is not null)
        {
            request.Headers.Add("Idempotency-Key", commandId);
            request.Headers.Add("X-Command-Id", commandId);
        }

        if (json is not null)
            request.Content = new StringContent(json, new MediaTypeHeaderValue("application/json", "utf-8"));

        try
        {
            using var response = await http.SendAsync(request, ct);
            var body = await response.Content.ReadAsByteArrayAsync(ct);
            if (isRead && visit != _visit)
                return ([], Problem.NoConnection);
            if (response.IsSuccessStatusCode)
                return (body, null);
            if (response.StatusCode == HttpStatusCode.Unauthorized && !path.StartsWith("account", StringComparison.Ordinal))
                SignedOut?.Invoke();
            return ([], Problem.Read(response.StatusCode, Encoding.UTF8.GetString(body)));
        }
        catch (HttpRequestException)
        {
            return ([], Problem.NoConnection);
        }
    }
}
