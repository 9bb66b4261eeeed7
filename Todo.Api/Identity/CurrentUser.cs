using System.Security.Claims;
using NodaTime;

namespace Todo.Api.Identity;

/// <summary>Who is asking, from where on earth, and what they call this command.</summary>
internal sealed class CurrentUser(IHttpContextAccessor accessor)
{
    private const int LongestCommandId = 100;

    private Guid? _actsFor;
    private string? _commandId;

    private HttpContext? Http => accessor.HttpContext;

    public Guid Id => _actsFor is { } userId ? userId : TryGetId(Http?.User, out var id) ? id : throw new InvalidOperationException("Nobody is signed in.");

    /// <summary>The zone the browser named; null when it named none that exists.</summary>
    public string? Zone => Http?.Request.Headers["X-Zone"].ToString() is { Length: > 0 and <= 64 } zone && IsZone(zone) ? zone : null;

    /// <summary>The id the client gave this command, by which it knows its own echo.</summary>
    public string? CommandId
    {
        get
        {
            var id = _commandId ?? Http?.Request.Headers["X-Command-Id"].ToString();
            return id is { Length: > 0 and <= LongestCommandId } && id.All(c => c is > ' ' and < (char)127) ? id : null;
        }
    }

    /// <summary>From now on this scope acts for a user who asked by message; whoever calls this has made sure of it.</summary>
    public void ActFor(Guid userId, string commandId) => (_actsFor, _commandId) = (userId, commandId);

    public static bool TryGetId(ClaimsPrincipal? principal, out Guid id) =>
        Guid.TryParse(principal?.FindFirstValue(ClaimTypes.NameIdentifier), out id);

    public static bool IsZone(string zone) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not null;
}
