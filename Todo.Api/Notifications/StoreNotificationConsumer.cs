using MassTransit;
using Microsoft.EntityFrameworkCore;
using Todo.Api.Storage;
using Todo.Contracts.Notifications;

namespace Todo.Api.Notifications;

/// <summary>Keeps the Api's copy of what was delivered, so that a reload shows the same list. Hearing it twice changes nothing.</summary>
internal sealed class StoreNotificationConsumer(TodoDbContext db) : IConsumer<NotificationDelivered>, IConsumer<NotificationDismissed>
{
    public async Task Consume(ConsumeContext<NotificationDelivered> context)
    {
        var view = context.Message.Notification;
        if (await db.Notifications.FindAsync([view.NotificationId], context.CancellationToken) is not null)
            return;
        db.Notifications.Add(NotificationRow.From(view));
        await db.SaveChangesAsync(context.CancellationToken);
    }

    public Task Consume(ConsumeContext<NotificationDismissed> context) => db.Notifications
        .Where(n => n.NotificationId == context.Message.NotificationId && n.UserId == context.Message.UserId && n.DismissedAt == null)
        .ExecuteUpdateAsync(set => set.SetProperty(n => n.DismissedAt, context.Message.OccurredAt.ToUniversalTime()), context.CancellationToken);
}
