using MassTransit;
using Microsoft.EntityFrameworkCore;
using Todo.Contracts.Notifications;
using Todo.Workers.Storage;

namespace Todo.Workers.Notifications;

/// <summary>Makes one delivery per channel of a user, where it does not exist yet. The list in the app has it at once; the rest is the sender's work.</summary>
internal sealed class NewDeliveries(WorkersDbContext db, ITopicProducer<Guid, NotificationDelivered> notifications, TimeProvider clock)
{
    public async Task AddAsync(Guid userId, string kind, Func<string, DateTimeOffset, Delivery> make, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var recipient = await db.Recipients.AsNoTracking().SingleOrDefaultAsync(one => one.UserId == userId, ct);
        var deliveries = Channels.Of(recipient, kind).Select(channel => make(channel, now)).ToList();
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
