using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Todo.Api.Storage;
using Todo.Contracts.Account;

namespace Todo.Api.Identity;

/// <summary>Signs browsers in and out, and remembers which are. A revoked one is out within a minute on every replica.</summary>
internal sealed class Sessions(
    TodoDbContext db, SignInManager<TodoUser> signIn, IMemoryCache cache, IHttpContextAccessor accessor, TimeProvider clock)
{
    public const string Claim = "sid";

    private static readonly TimeSpan Trust = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(5);

    private HttpContext Http => accessor.HttpContext!;

    public Guid? Current => Of(Http.User);

    public async Task SignInAsync(TodoUser user, bool remember, CancellationToken ct)
    {
        if (Current is { } before) // the cookie of before is replaced; what it opened ends with it
            await RevokeAsync(s => s.Where(x => x.SessionId == before), ct);
        var now = clock.Now();
        var browser = new string([.. Http.Request.Headers.UserAgent.ToString().Where(c => !char.IsControl(c)).Take(200)]);
        var session = new Session { SessionId = Guid.NewGuid(), UserId = user.Id, Browser = browser, SignedInAt = now, SeenAt = now };
        db.Sessions.Add(session);
        await db.SaveChangesAsync(ct);
        await signIn.SignInWithClaimsAsync(user, remember, [new Claim(Claim, session.SessionId.ToString())]);
    }

    public async Task SignOutAsync(CancellationToken ct)
    {
        if (Current is { } session)
            await RevokeAsync(s => s.Where(x => x.SessionId == session), ct);
        await signIn.SignOutAsync();
    }

    public async Task<List<SessionView>> ListAsync(Guid userId, CancellationToken ct) =>
        [.. (await db.Sessions.AsNoTracking().Where(s => s.UserId == userId).OrderByDescending(s => s.SeenAt).Take(100).ToListAsync(ct))
            .Select(s => new SessionView(s.SessionId, s.Browser, s.SignedInAt, s.SeenAt, s.SessionId == Current))];

    /// <summary>Ends one session of a user; false when there is none of this id.</summary>
    public async Task<bool> EndAsync(Guid userId, Guid sessionId, CancellationToken ct) =>
        await RevokeAsync(s => s.Where(x => x.UserId == userId && x.SessionId == sessionId), ct) > 0;

    /// <summary>Ends all sessions of a user but the one that asks.</summary>
    public async Task EndOthersAsync(Guid userId, CancellationToken ct)
    {
        var current = Current;
        await RevokeAsync(s => s.Where(x => x.UserId == userId && x.SessionId != current), ct);
    }

    /// <summary>Ends every session of a user whose account goes.</summary>
    public Task EndAllAsync(Guid userId, CancellationToken ct) => RevokeAsync(s => s.Where(x => x.UserId == userId), ct);

    /// <summary>Asked for every request that carries our cookie.</summary>
    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        await SecurityStampValidator.ValidatePrincipalAsync(context);
        if (context.Principal is null)
            return;
        var sessions = context.HttpContext.RequestServices.GetRequiredService<Sessions>();
        if (Of(context.Principal) is not { } session || !await sessions.IsAliveAsync(session, context.HttpContext.RequestAborted))
            context.RejectPrincipal();
    }

    /// <summary>A principal made anew belongs to the same browser.</summary>
    public static Task KeepClaimAsync(SecurityStampRefreshingPrincipalContext context)
    {
        if (context.CurrentPrincipal?.FindFirst(Claim) is { } claim && context.NewPrincipal?.Identity is ClaimsIdentity identity)
            identity.AddClaim(new Claim(Claim, claim.Value));
        return Task.CompletedTask;
    }

    private async Task<bool> IsAliveAsync(Guid sessionId, CancellationToken ct)
    {
        if (cache.TryGetValue(Key(sessionId), out bool alive))
            return alive;
        var session = await db.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.SessionId == sessionId, ct);
        if (session is not null && clock.Now() is var now && now - session.SeenAt > SeenEvery)
            await db.Sessions.Where(s => s.SessionId == sessionId).ExecuteUpdateAsync(set => set.SetProperty(s => s.SeenAt, now), ct);
        return cache.Set(Key(sessionId), session is not null, Trust);
    }

    private async Task<int> RevokeAsync(Func<IQueryable<Session>, IQueryable<Session>> which, CancellationToken ct)
    {
        foreach (var id in await which(db.Sessions).Select(s => s.SessionId).ToListAsync(ct))
            cache.Set(Key(id), false, Trust);
        return await which(db.Sessions).ExecuteDeleteAsync(ct);
    }

    private static Guid? Of(ClaimsPrincipal principal) => Guid.TryParse(principal.FindFirstValue(Claim), out var id) ? id : null;

    private static string Key(Guid sessionId) => $"session:{sessionId}";
}
