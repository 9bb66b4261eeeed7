using System.Text;
using Todo.Api.Identity;
using Todo.Api.Tasks;

namespace Todo.Api.Edge;

/// <summary>The name a client gives a write so that sending it again does not do it again.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    private const int Longest = 200;

    public static string? Of(HttpContext http) => http.Request.Headers[Header].ToString() is { Length: > 0 } key ? key : null;

    public static bool IsValid(string key) => key.Length <= Longest && key.All(c => c is > ' ' and < (char)127);

    /// <summary>
    /// The id of a thing created under this key. It follows from user and key, so even a request that is repeated after the
    /// first was cut off between its commit and its remembered answer makes nothing twice.
    /// </summary>
    public static Guid? IdFor(HttpContext http) =>
        Of(http) is { } key && CurrentUser.TryGetId(http.User, out var userId)
            ? DerivedId.From(Encoding.UTF8.GetBytes($"{userId}:{key}"))
            : null;
}
