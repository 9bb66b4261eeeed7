using MassTransit;
using Microsoft.AspNetCore.SignalR;
using Todo.Api.Live;
using Todo.Contracts.Live;
using Todo.Contracts.Notifications;

namespace Todo.Api.Notifications;

/// <summary>Rings the bell in the user's browsers on this replica, and silences it when the user is done elsewhere.</summary>
internal sealed class PushNotificationConsumer(IHubContext<TaskHub, ITaskHubClient> hub, JustSaid said)
    : IConsumer<NotificationDelivered>, IConsumer<NotificationDismissed>
{
    public Task Consume(ConsumeContext<NotificationDelivered> context)
    {
        var (userId, notification) = (context.Message.UserId, context.Message.Notification);
        return SayAsync(userId, notification.NotificationId, client => client.NotificationDelivered(notification));
    }

    public Task Consume(ConsumeContext<NotificationDismissed> context)
    {
        var (userId, notificationId) = (context.Message.UserId, context.Message.NotificationId);
        return SayAsync(userId, notificationId, client => client.NotificationDismissed(notificationId));
    }

    private Task SayAsync(Guid userId, Guid notificationId, Func<ITaskHubClient, Task> say) =>
        said.SayAsync(hub.Clients.Group(TaskHub.GroupOf(userId)), userId, notificationId.ToString(), say);
}
