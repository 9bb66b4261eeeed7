namespace Todo.Api.Edge;

/// <summary>What is kept under an idempotency key: first a claim (no status), then the answer.</summary>
internal sealed record RememberedAnswer
{
    public required string Print { get; init; }
    public int Status { get; init; }
    public string? ContentType { get; init; }
    public Dictionary<string, string> Headers { get; init; } = [];
    public byte[] Body { get; init; } = [];

    /// <summary>What is kept of an answer that held a secret.</summary>
    public static RememberedAnswer ShownOnce(string print) => new()
    {
        Print = print,
        Status = StatusCodes.Status409Conflict,
        ContentType = "application/problem+json",
        Body = """{"title":"Conflict","status":409,"detail":"This was done, and the secret was shown then; it is shown once. Make another."}"""u8.ToArray(),
    };

    public async Task WriteAsync(HttpContext http)
    {
        http.Response.StatusCode = Status;
        http.Response.ContentType = ContentType;
        foreach (var (name, value) in Headers)
            http.Response.Headers[name] = value;
        http.Response.Headers["Idempotency-Replayed"] = "true";
        if (Body.Length > 0)
            await http.Response.Body.WriteAsync(Body, http.RequestAborted);
    }
}
