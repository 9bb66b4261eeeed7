using System.Globalization;
using System.Threading.RateLimiting;

namespace Todo.Api.Commands;

/// <summary>How many commands are done for one user over Kafka. Each replica counts those that it reads.</summary>
internal sealed class CommandLimits : IDisposable
{
    private readonly PartitionedRateLimiter<Guid> _limiter;
    private readonly string _refusal;

    public CommandLimits(IConfiguration configuration)
    {
        var burst = configuration.GetValue("Limits:CommandBurst", 2000);
        var perSecond = configuration.GetValue("Limits:CommandsPerSecond", 200);
        _refusal = string.Create(CultureInfo.InvariantCulture,
            $"Too many commands for this user: {burst:N0} at once and {perSecond:N0} a second are done. Nothing was done or kept of this one: send it again in a moment, with the same id and a fresh signature if you like.");
        _limiter = PartitionedRateLimiter.Create<Guid, Guid>(user => RateLimitPartition.GetTokenBucketLimiter(user, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst,
            TokensPerPeriod = perSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        }));
    }

    /// <summary>Why one more command of this user is not done now; null where it is.</summary>
    public string? Refusal(Guid userId)
    {
        using var lease = _limiter.AttemptAcquire(userId);
        return lease.IsAcquired ? null : _refusal;
    }

    public void Dispose() => _limiter.Dispose();
}
