using Hangfire;
using Todo.Workers.Ledger;

namespace Todo.Workers.Jobs;

/// <summary>The ledger's audit, at every start and hourly: finds and repairs, and fails visibly when something was missed.</summary>
[AutomaticRetry(Attempts = 0)]
public sealed class AuditLedgerJob(IServiceScopeFactory scopes)
{
    public async Task<string> RunAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var report = await scope.ServiceProvider.GetRequiredService<LedgerAudit>().RunAsync(ct);
        return report is { Missed: 0, OccurrencesMissed: 0 } ? report.ToString() : throw new InvalidOperationException($"Something was missed.\n{report}");
    }
}
