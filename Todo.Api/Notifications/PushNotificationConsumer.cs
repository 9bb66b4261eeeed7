using MassTransit;
using Microsoft.AspNetCore.SignalR;
using Todo.Api.Live;
using Todo.Contracts.Live;
using Todo.Contracts.Notifications;

namespace Todo.Api.Notifications;

/// <summary>Rings the bell in the user's browsers on this replica, and silences it when the user is done elsewhere.</summary>
internal sealed class PushNotificationConsumer(IHubContext<TaskHub, ITaskHubClient> hub)
    : IConsumer<NotificationDelivered>, IConsumer<NotificationDismissed>
{
    public Task Consume(ConsumeContext<NotificationDelivered> context) =>
        hub.Clients.Group(TaskHub.GroupOf(context.Message.UserId)).NotificationDelivered(context.Message.Notification);

    public Task Consume(ConsumeContext<NotificationDismissed> context) =>
        hub.Clients.Group(TaskHub.GroupOf(context.Message.UserId)).NotificationDismissed(context.Message.NotificationId);
}
