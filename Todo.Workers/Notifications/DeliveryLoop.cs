namespace Todo.Workers.Notifications;

/// <summary>Runs the sender for as long as the process lives. Any number of them may run: rows are claimed, not owned.</summary>
internal sealed class DeliveryLoop(DeliverySender sender, ILogger<DeliveryLoop> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await sender.StartDueAsync(stoppingToken) > 0)
                {
                }
            }
            catch (Exception trouble) when (!stoppingToken.IsCancellationRequested)
            {
                log.SenderInTrouble(trouble);
            }

            await sender.PauseAsync(Pause, stoppingToken);
        }

        await sender.FinishAsync();
    }
}
