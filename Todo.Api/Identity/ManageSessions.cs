using Microsoft.AspNetCore.Http.HttpResults;
using Todo.Contracts.Account;

namespace Todo.Api.Identity;

/// <summary>GET /account/sessions, DELETE /account/sessions/{sessionId} and DELETE /account/sessions (all others).</summary>
internal static class ManageSessions
{
    public static async Task<Ok<IReadOnlyList<SessionView>>> List(Sessions sessions, CurrentUser user, CancellationToken ct) =>
        TypedResults.Ok<IReadOnlyList<SessionView>>(await sessions.ListAsync(user.Id, ct));

    public static async Task<Results<NoContent, NotFound>> End(Guid sessionId, Sessions sessions, CurrentUser user, CancellationToken ct) =>
        await sessions.EndAsync(user.Id, sessionId, ct) ? TypedResults.NoContent() : TypedResults.NotFound();

    public static async Task<NoContent> EndOthers(Sessions sessions, CurrentUser user, CancellationToken ct)
    {
        await sessions.EndOthersAsync(user.Id, ct);
        return TypedResults.NoContent();
    }
}
