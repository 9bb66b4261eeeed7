using Hangfire;

namespace Todo.Workers.Jobs;

/// <summary>Which jobs run when. Any of them may run twice, late, or beside itself on another replica.</summary>
internal sealed class Timetable(IRecurringJobManager jobs, IBackgroundJobClient work) : IHostedService
{
    /// <summary>What waited while we were down is on its way at first, and no gap.</summary>
    private static readonly TimeSpan CatchUp = TimeSpan.FromSeconds(30);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        jobs.AddOrUpdate<AuditLedgerJob>("audit", job => job.RunAsync(CancellationToken.None), Cron.Hourly);
        work.Schedule<AuditLedgerJob>(job => job.RunAsync(CancellationToken.None), CatchUp);
        jobs.AddOrUpdate<WriteDigestsJob>("digests", job => job.RunAsync(CancellationToken.None), "*/5 * * * *");
        jobs.AddOrUpdate<SweepJob>("sweep", job => job.RunAsync(CancellationToken.None), Cron.Daily);
        jobs.AddOrUpdate<DrainTimersJob>("timers", job => job.RunAsync(CancellationToken.None), "*/15 * * * * *");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
