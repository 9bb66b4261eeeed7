using Hangfire;
using Todo.Workers.Notifications;

namespace Todo.Workers.Jobs;

/// <summary>Daily digests: each user's once a local day, from their hour on. Looks every few minutes, because hours differ by zone.</summary>
[AutomaticRetry(Attempts = 2)]
public sealed class WriteDigestsJob(IServiceScopeFactory scopes)
{
    public async Task<string> RunAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return $"{await scope.ServiceProvider.GetRequiredService<Digests>().WriteDueAsync(ct)} digests written";
    }
}
