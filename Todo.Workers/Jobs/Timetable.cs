namespace Todo.Workers.Jobs;

/// <summary>Which jobs run when. All of them may run twice or late.</summary>
internal sealed class Timetable : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
