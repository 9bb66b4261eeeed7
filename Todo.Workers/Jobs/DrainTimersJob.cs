using Hangfire;
using Todo.Bus.Scheduling;

namespace Todo.Workers.Jobs;

/// <summary>The net under the timers: drains what is due by the same way as the bus's own loop, and fails visibly when something stays overdue.</summary>
[AutomaticRetry(Attempts = 0)]
public sealed class DrainTimersJob(ITimerRelease timers)
{
    private static readonly TimeSpan Tolerated = TimeSpan.FromSeconds(30);

    public async Task<string> RunAsync(CancellationToken ct)
    {
        var drain = await timers.DrainAsync(ct);
        return drain.OverdueLeft > 0 || drain.OldestOverdue > Tolerated
            ? throw new InvalidOperationException(
                $"Timers were late: released {drain.Released}, the oldest {drain.OldestOverdue} overdue; {drain.OverdueLeft} are still waiting.")
            : $"released {drain.Released}, the oldest {drain.OldestOverdue} overdue";
    }
}
