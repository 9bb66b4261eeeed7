using MassTransit;
using Microsoft.EntityFrameworkCore;
using Todo.Contracts.Notifications;
using Todo.Contracts.Tasks;
using Todo.Workers.Storage;

namespace Todo.Workers.Notifications;

/// <summary>A closed task needs no reminding: what still waits for quiet hours or another attempt is not sent, and what rang is taken off every screen.</summary>
internal sealed class WithdrawDeliveriesConsumer(WorkersDbContext db, ITopicProducer<Guid, NotificationDismissed> dismissals, TimeProvider clock) :
    IConsumer<TaskCompleted>, IConsumer<OccurrenceSkipped>, IConsumer<TaskArchived>, IConsumer<TaskDeleted>
{
    private static readonly TimeSpan OnScreen = TimeSpan.FromDays(30);

    public Task Consume(ConsumeContext<TaskCompleted> context) => WithdrawAsync(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<OccurrenceSkipped> context) => WithdrawAsync(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<TaskArchived> context) => WithdrawAsync(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<TaskDeleted> context) => WithdrawAsync(context.Message, context.CancellationToken);

    private async Task WithdrawAsync(ITaskFact fact, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var deliveries = await db.Deliveries
            .Where(one => one.TaskId == fact.TaskId && one.CreatedAt <= fact.OccurredAt && one.CreatedAt > now - OnScreen)
            .ToListAsync(ct);
        foreach (var delivery in deliveries)
        {
            if (delivery.State is DeliveryState.Waiting or DeliveryState.Held or DeliveryState.Missed)
                (delivery.State, delivery.NextAttemptAt) = (DeliveryState.Withdrawn, null);
            else if (delivery is { Channel: Channels.InApp, State: DeliveryState.Delivered })
                await dismissals.Produce(delivery.UserId, new NotificationDismissed(delivery.NotificationId, delivery.UserId, now), ct);
        }

        await db.SaveChangesAsync(ct);
    }
}
