using Microsoft.AspNetCore.Http.HttpResults;

namespace Todo.Api.Identity;

/// <summary>POST /account/sign-out — this browser forgets who was here.</summary>
internal static class SignOut
{
    public static async Task<NoContent> Handle(Sessions sessions, HttpContext http, CancellationToken ct)
    {
        await sessions.SignOutAsync(ct);
        http.Response.Headers["Clear-Site-Data"] = "\"storage\"";
        return TypedResults.NoContent();
    }
}
