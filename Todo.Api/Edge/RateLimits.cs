using System.Globalization;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Todo.Api.Identity;

namespace Todo.Api.Edge;

/// <summary>How much one user, or one address, may ask for. Each replica counts for itself.</summary>
internal static class RateLimits
{
    /// <summary>For doors that can be knocked at without a key: signing up and in.</summary>
    public const string Door = "door";

    public static IServiceCollection AddRateLimits(this IServiceCollection services, IConfiguration configuration)
    {
        var burst = configuration.GetValue("Limits:Burst", 600);
        var perSecond = configuration.GetValue("Limits:PerSecond", 100);
        var knocks = configuration.GetValue("Limits:SignInsPerMinute", 30);
        return services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.OnRejected = async (context, ct) =>
            {
                var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
                context.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                await Problem.Of(StatusCodes.Status429TooManyRequests, "Too many requests; wait a moment.").ExecuteAsync(context.HttpContext);
            };
            limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => IsApi(http)
                ? RateLimitPartition.GetTokenBucketLimiter(Asker(http), _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = burst,
                    TokensPerPeriod = perSecond,
                    ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                })
                : RateLimitPartition.GetNoLimiter(""));
            limits.AddPolicy(Door, http => RateLimitPartition.GetSlidingWindowLimiter(Address(http), _ => new SlidingWindowRateLimiterOptions
            {
                PermitLimit = knocks,
                Window = TimeSpan.FromMinutes(1),
                SegmentsPerWindow = 6,
            }));
        });
    }

    private static bool IsApi(HttpContext http) => http.Request.Path.StartsWithSegments("/api") || http.Request.Path.StartsWithSegments("/hubs");

    private static string Asker(HttpContext http) =>
        CurrentUser.TryGetId(http.User, out var userId) ? userId.ToString() : Address(http);

    /// <summary>Who knocks. With IPv6 everybody has a network of 2^64 addresses to knock from, so that counts as one.</summary>
    public static string Address(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { } address)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}
