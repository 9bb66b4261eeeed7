using System.Globalization;
using System.Threading.RateLimiting;
using Todo.Api.Identity;

namespace Todo.Api.Edge;

/// <summary>
/// Every token costs a query before anybody knows whose it is. An address that keeps sending tokens that are none is asked to
/// wait before that query; right ones cost nothing here, so that many users behind one address are no trouble.
/// </summary>
internal sealed class TokenGuesses(RequestDelegate next, IConfiguration configuration) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _wrong = PartitionedRateLimiter.Create<string, string>(address => RateLimitPartition.GetTokenBucketLimiter(address, _ => new TokenBucketRateLimiterOptions
    {
        TokenLimit = configuration.GetValue("Limits:WrongTokens", 60),
        TokensPerPeriod = configuration.GetValue("Limits:WrongTokensPerSecond", 1),
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
    }));

    public async Task InvokeAsync(HttpContext http)
    {
        if (!TokenScheme.Speaks(http))
        {
            await next(http);
            return;
        }

        var address = RateLimits.Address(http);
        if (_wrong.GetStatistics(address) is { CurrentAvailablePermits: <= 0 })
        {
            http.Response.Headers.RetryAfter = 1.ToString(CultureInfo.InvariantCulture);
            await Problem.Of(StatusCodes.Status429TooManyRequests, "Too many tokens from this address that are none; wait a moment.").ExecuteAsync(http);
            return;
        }

        try
        {
            await next(http);
        }
        finally
        {
            if (http.User.Identity?.IsAuthenticated != true)
                _wrong.AttemptAcquire(address).Dispose();
        }
    }

    public void Dispose() => _wrong.Dispose();
}
