using System.Security.Cryptography;
using System.Text;
using Todo.Api.Identity;
using Todo.Api.Storage;

namespace Todo.Api.Edge;

/// <summary>
/// Runs a write with an <c>Idempotency-Key</c> once and gives everybody who sends it the same answer. The first to store the
/// key's claim does the work; the others wait for the answer. The same key with another request is refused with 422.
/// </summary>
internal sealed class Idempotency(RequestDelegate next, IStateStore state, IConfiguration configuration, TimeProvider clock)
{
    /// <summary>Requests carry passwords: what is kept of them must not be of use to whoever reads the store and guesses.</summary>
    private readonly byte[] _secret = SHA256.HashData(Encoding.UTF8.GetBytes($"idempotency:{configuration["App:SigningKey"]}"));

    private static readonly TimeSpan ClaimLasts = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AnswerLasts = TimeSpan.FromHours(24);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly string[] Kept = ["Location", "ETag", "X-Undo-Token"];

    public async Task InvokeAsync(HttpContext http)
    {
        if (HttpMethods.IsGet(http.Request.Method) || !http.Request.Path.StartsWithSegments("/api")
            || IdempotencyKey.Of(http) is not { } key || !CurrentUser.TryGetId(http.User, out var userId))
        {
            await next(http);
            return;
        }

        if (!IdempotencyKey.IsValid(key))
        {
            await Problem.Of(StatusCodes.Status400BadRequest, "Idempotency-Key: up to 200 printable characters.").ExecuteAsync(http);
            return;
        }

        var name = $"idempotency:{userId}:{key}";
        var print = await FingerprintAsync(http);
        if (await state.TrySaveAsync(name, new RememberedAnswer { Print = print }, null, ClaimLasts, http.RequestAborted))
            await DoAndRememberAsync(http, name, print);
        else
            await RepeatAsync(http, name, print);
    }

    private async Task DoAndRememberAsync(HttpContext http, string name, string print)
    {
        var remembered = false;
        var client = http.Response.Body;
        using var body = new MemoryStream();
        http.Response.Body = body;
        try
        {
            await next(http);
            if (IsFinal(http.Response.StatusCode))
            {
                await RememberAsync(name, Answer(http, print, body.ToArray()));
                remembered = true;
            }
        }
        finally
        {
            http.Response.Body = client;
            if (!remembered)
                await state.DeleteAsync(name, CancellationToken.None);
        }

        body.Position = 0;
        await body.CopyToAsync(client, http.RequestAborted);
    }

    private async Task RememberAsync(string name, RememberedAnswer answer)
    {
        var (_, etag) = await state.GetAsync<RememberedAnswer>(name, CancellationToken.None);
        await state.TrySaveAsync(name, answer, etag, AnswerLasts, CancellationToken.None);
    }

    private async Task RepeatAsync(HttpContext http, string name, string print)
    {
        var start = clock.GetTimestamp();
        for (var pause = 10; clock.GetElapsedTime(start) < Patience; pause = Math.Min(pause * 2, 250))
        {
            var (answer, _) = await state.GetAsync<RememberedAnswer>(name, http.RequestAborted);
            if (answer is not null && answer.Print != print)
            {
                await Problem.Unprocessable("This Idempotency-Key was used for another request.").ExecuteAsync(http);
                return;
            }

            if (answer is { Status: > 0 })
            {
                await answer.WriteAsync(http);
                return;
            }

            if (answer is null)
                break; // the first one failed and gave the key back: the client may try again
            await Task.Delay(TimeSpan.FromMilliseconds(pause), clock, http.RequestAborted);
        }

        http.Response.Headers.RetryAfter = "1";
        await Problem.Conflict("The first request with this Idempotency-Key has not ended; ask again.").ExecuteAsync(http);
    }

    /// <summary>An answer that would be the same next time. Refusals for want of rights or patience, and our own failures, are not.</summary>
    private static bool IsFinal(int status) => status is < 500 and not (401 or 403 or 408 or 429);

    private static RememberedAnswer Answer(HttpContext http, string print, byte[] body) =>
        http.Response.StatusCode < 300 && http.GetEndpoint()?.Metadata.GetMetadata<ShowsSecretOnce>() is not null
            ? RememberedAnswer.ShownOnce(print)
            : new()
            {
                Print = print,
                Status = http.Response.StatusCode,
                ContentType = http.Response.ContentType,
                Headers = Kept.Where(http.Response.Headers.ContainsKey).ToDictionary(name => name, name => http.Response.Headers[name].ToString()),
                Body = body,
            };

    private async Task<string> FingerprintAsync(HttpContext http)
    {
        http.Request.EnableBuffering();
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _secret);
        hash.AppendData(Encoding.UTF8.GetBytes($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}\n"));
        var buffer = new byte[8192];
        int read;
        while ((read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0)
            hash.AppendData(buffer, 0, read);
        http.Request.Body.Position = 0;
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}

/// <summary>Marks a route whose answer holds a secret. It is not kept: whoever asks again learns that it was done, and no more.</summary>
internal sealed record ShowsSecretOnce;
