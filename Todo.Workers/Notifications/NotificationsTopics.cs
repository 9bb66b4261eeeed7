using MassTransit;
using Todo.Bus.Hosting;
using Todo.Contracts;
using Todo.Contracts.Notifications;

namespace Todo.Workers.Notifications;

internal static class NotificationsTopics
{
    private const string Group = "notifications";

    public static BusConfigurator AddNotificationTopics(this BusConfigurator bus) => bus
        .Messages(MessageCatalogue.All, ContractsJson.Default)
        .Produces<Guid, NotificationDelivered>(Topics.Notifications)
        .Produces<Guid, NotificationDismissed>(Topics.Notifications)
        .Consumer<DeliverReminderConsumer>()
        .Consumer<RememberRecipientConsumer>()
        .Consumer<DeliverTestConsumer>()
        .Consumer<UnsubscribeConsumer>()
        .Consumer<WithdrawDeliveriesConsumer>()
        .TopicEndpoint(Topics.TaskEvents, Group, (context, endpoint) => endpoint.ConfigureConsumer<WithdrawDeliveriesConsumer>(context))
        .TopicEndpoint(Topics.Reminders, Group, (context, endpoint) => endpoint.ConfigureConsumer<DeliverReminderConsumer>(context))
        .TopicEndpoint(Topics.UserEvents, Group, (context, endpoint) =>
        {
            endpoint.ConfigureConsumer<RememberRecipientConsumer>(context);
            endpoint.ConfigureConsumer<DeliverTestConsumer>(context);
            endpoint.ConfigureConsumer<UnsubscribeConsumer>(context);
        });
}
