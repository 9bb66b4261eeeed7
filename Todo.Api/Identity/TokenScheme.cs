using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Todo.Api.Storage;

namespace Todo.Api.Identity;

/// <summary>Knows scripts by <c>Authorization: Bearer todo_…</c>. A token may do what its scopes say and is never an operator.</summary>
internal sealed class TokenScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, TodoDbContext db, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "token";
    public const string Scope = "scope";
    public const string Id = "token";

    private const string Bearer = "Bearer ";

    public static bool Speaks(HttpContext http) => http.Request.Headers.Authorization.ToString().StartsWith(Bearer, StringComparison.OrdinalIgnoreCase);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!Speaks(Context))
            return AuthenticateResult.NoResult();
        if (!AccessToken.TryRead(Request.Headers.Authorization.ToString()[Bearer.Length..].Trim(), out var tokenId, out var secret))
            return AuthenticateResult.Fail("Not a token.");
        var now = clock.Now();
        var token = await db.AccessTokens.AsNoTracking().SingleOrDefaultAsync(t => t.TokenId == tokenId, Context.RequestAborted);
        if (token is null || !token.Opens(secret, now))
            return AuthenticateResult.Fail("No such token.");

        if (token.LastUsedAt is not { } last || now - last > TimeSpan.FromHours(1))
            await db.AccessTokens.Where(t => t.TokenId == tokenId).ExecuteUpdateAsync(set => set.SetProperty(t => t.LastUsedAt, now), Context.RequestAborted);
        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, token.UserId.ToString()), new Claim(Id, tokenId.ToString()), .. token.Scopes.Select(scope => new Claim(Scope, scope))], Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }
}
