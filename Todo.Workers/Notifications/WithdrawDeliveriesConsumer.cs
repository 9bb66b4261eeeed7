using MassTransit;
using Microsoft.EntityFrameworkCore;
using Todo.Contracts.Notifications;
using Todo.Contracts.Tasks;
using Todo.Workers.Storage;

namespace Todo.Workers.Notifications;

/// <summary>A closed task needs no reminding: what still waits for quiet hours or another attempt is not sent, and what rang is taken off every screen.</summary>
/// <remarks>Opened again before quiet hours are over, or within a day while another attempt was to come, it is sent after all.</remarks>
internal sealed class WithdrawDeliveriesConsumer(WorkersDbContext db, ITopicProducer<Guid, NotificationDismissed> dismissals, TimeProvider clock) :
    IConsumer<TaskCompleted>, IConsumer<OccurrenceSkipped>, IConsumer<TaskArchived>, IConsumer<TaskDeleted>,
    IConsumer<TaskReopened>, IConsumer<TaskRestored>
{
    private static readonly TimeSpan OnScreen = TimeSpan.FromDays(30);

    public Task Consume(ConsumeContext<TaskCompleted> context) => WithdrawAsync(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<OccurrenceSkipped> context) => WithdrawAsync(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<TaskArchived> context) => WithdrawAsync(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<TaskDeleted> context) => WithdrawAsync(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<TaskReopened> context) => SendAfterAllAsync(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<TaskRestored> context) => SendAfterAllAsync(context.Message, context.CancellationToken);

    private async Task SendAfterAllAsync(ITaskFact fact, CancellationToken ct)
    {
        if (fact.Task is not { State: TaskState.Open, DeletedAt: null })
            return;
        var now = clock.GetUtcNow();
        var withdrawn = await db.Deliveries
            .Where(one => one.TaskId == fact.TaskId && one.State == DeliveryState.Withdrawn && one.CreatedAt > now - DeliveryPlan.TooLate)
            .ToListAsync(ct);
        if (withdrawn.Count == 0)
            return;

        var recipient = await db.Recipients.AsNoTracking().SingleOrDefaultAsync(one => one.UserId == fact.OwnerId, ct);
        foreach (var delivery in withdrawn)
        {
            if (delivery.Attempts > 0)
                (delivery.State, delivery.NextAttemptAt) = (DeliveryState.Waiting, now);
            else if (recipient?.Preferences.QuietUntil(delivery.CreatedAt) is { } end && end > now)
                (delivery.State, delivery.NextAttemptAt) = (DeliveryState.Held, end);
        }

        await db.SaveChangesAsync(ct);
    }

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
