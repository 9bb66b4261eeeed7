using MassTransit;
using Todo.Bus.Hosting;
using Todo.Contracts;
using Todo.Contracts.Notifications;
using Todo.Contracts.Users;

namespace Todo.Api.Notifications;

internal static class NotificationsTopics
{
    public static BusConfigurator AddNotificationTopics(this BusConfigurator bus) => bus
        .Produces<Guid, NotificationDismissed>(Topics.Notifications)
        .Produces<Guid, PreferencesChanged>(Topics.UserEvents)
        .Produces<Guid, UserDeleted>(Topics.UserEvents)
        .Produces<Guid, EmailUnsubscribed>(Topics.UserEvents)
        .Produces<Guid, TestNotificationRequested>(Topics.UserEvents)
        .Consumer<StoreNotificationConsumer>()
        .TopicEndpoint(Topics.Notifications, "api", (context, e) => e.ConfigureConsumer<StoreNotificationConsumer>(context));
}
