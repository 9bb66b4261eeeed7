using MassTransit;
using Microsoft.EntityFrameworkCore;
using Todo.Contracts.Notifications;
using Todo.Contracts.Reminders;
using Todo.Workers.Storage;

namespace Todo.Workers.Notifications;

/// <summary>Turns a reminder whose moment came into one delivery per channel. The list in the app has it at once; the rest is the sender's work.</summary>
internal sealed class DeliverReminderConsumer(
    WorkersDbContext db,
    ITopicProducer<Guid, NotificationDelivered> notifications,
    TimeProvider clock) : IConsumer<ReminderDue>
{
    public async Task Consume(ConsumeContext<ReminderDue> context)
    {
        var (due, now, ct) = (context.Message, clock.GetUtcNow(), context.CancellationToken);
        var recipient = await db.Recipients.AsNoTracking().SingleOrDefaultAsync(one => one.UserId == due.OwnerId, ct);
        var deliveries = Channels.Of(recipient).Select(channel => Delivery.Of(due, channel, now)).ToList();
        var ids = deliveries.ConvertAll(delivery => delivery.DeliveryId);
        var known = await db.Deliveries.Where(one => ids.Contains(one.DeliveryId)).Select(one => one.DeliveryId).ToListAsync(ct);

        foreach (var delivery in deliveries.Where(one => !known.Contains(one.DeliveryId)))
        {
            delivery.Plan(recipient?.Preferences, now);
            if (delivery is { Channel: Channels.InApp, State: DeliveryState.Waiting })
            {
                delivery.Done(now);
                await notifications.Produce(delivery.UserId, delivery.ToNotification(now), ct);
            }

            db.Deliveries.Add(delivery);
        }

        await db.SaveChangesAsync(ct);
    }
}
