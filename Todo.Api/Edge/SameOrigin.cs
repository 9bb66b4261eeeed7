namespace Todo.Api.Edge;

/// <summary>
/// Refuses writes that another site made a browser send. Browsers say where a request comes from in headers that pages
/// cannot set; a cookie counts only with such a proof. Requests without a cookie carry no borrowed rights.
/// </summary>
internal static class SameOrigin
{
    public static IApplicationBuilder UseSameOrigin(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (IsUnsafe(http.Request) && http.Request.Cookies.Count > 0 && !IsProven(http.Request))
            await Problem.Of(StatusCodes.Status403Forbidden, "This request came from another site.").ExecuteAsync(http);
        else
            await next(http);
    });

    private static bool IsUnsafe(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method)
        || request.Path.StartsWithSegments("/hubs") && request.HttpContext.WebSockets.IsWebSocketRequest;

    private static bool IsProven(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site)
            return site is "same-origin" or "none";
        return Uri.TryCreate(request.Headers.Origin.ToString(), UriKind.Absolute, out var origin)
            && string.Equals(origin.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
    }
}
