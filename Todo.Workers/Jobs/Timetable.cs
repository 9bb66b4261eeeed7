using Hangfire;

namespace Todo.Workers.Jobs;

/// <summary>Which jobs run when. Any of them may run twice, late, or beside itself on another replica.</summary>
internal sealed class Timetable(IRecurringJobManager jobs) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        jobs.AddOrUpdate<DrainTimersJob>("timers", job => job.RunAsync(CancellationToken.None), "*/15 * * * * *");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
