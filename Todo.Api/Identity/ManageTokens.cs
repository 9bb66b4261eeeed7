using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Todo.Api.Edge;
using Todo.Api.Storage;
using Todo.Contracts;
using Todo.Contracts.Account;

namespace Todo.Api.Identity;

/// <summary>GET, POST /account/tokens and DELETE /account/tokens/{tokenId}.</summary>
internal static class ManageTokens
{
    private const int Most = 50;

    public static async Task<Ok<IReadOnlyList<TokenView>>> List(TodoDbContext db, CurrentUser user, CancellationToken ct)
    {
        var tokens = await db.AccessTokens.AsNoTracking().Where(t => t.UserId == user.Id).OrderBy(t => t.TokenId).Take(Most).ToListAsync(ct);
        return TypedResults.Ok<IReadOnlyList<TokenView>>([.. tokens.Select(token => token.ToView())]);
    }

    public static async Task<Results<Created<TokenView>, ValidationProblem, ProblemHttpResult>> Create(
        CreateTokenRequest request, TodoDbContext db, CurrentUser user, TimeProvider clock, CancellationToken ct)
    {
        var problems = new Problems()
            .RequireText(request.Name, "name", 1, 100)
            .Require(request.Scopes is { Count: > 0 and <= 10 } scopes && scopes.All(AccessToken.AllScopes.Contains), "scopes", $"At least one of {string.Join(", ", AccessToken.AllScopes)}.")
            .Require(request.Days is >= 1 and <= 366, "days", "1 to 366 days.");
        if (problems.Count > 0)
            return TypedResults.ValidationProblem(problems);
        if (await db.AccessTokens.CountAsync(t => t.UserId == user.Id, ct) >= Most)
            return Problem.Conflict($"At most {Most} tokens; revoke one that is not needed.");

        var (token, secret) = AccessToken.Create(user.Id, request, clock.Now());
        db.AccessTokens.Add(token);
        await db.SaveChangesAsync(ct);
        return TypedResults.Created((string?)null, token.ToView(secret));
    }

    public static async Task<Results<NoContent, NotFound>> Revoke(Guid tokenId, TodoDbContext db, CurrentUser user, CancellationToken ct) =>
        await db.AccessTokens.Where(t => t.UserId == user.Id && t.TokenId == tokenId).ExecuteDeleteAsync(ct) > 0
            ? TypedResults.NoContent() : TypedResults.NotFound();
}
