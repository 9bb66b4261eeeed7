using MassTransit;
using Todo.Api.Notifications;
using Todo.Bus.Hosting;
using Todo.Contracts;
using Todo.Contracts.Live;

namespace Todo.Api.Live;

internal static class LiveTopics
{
    public static BusConfigurator AddLiveTopics(this BusConfigurator bus) => bus
        .Produces<Guid, TaskChanged>(Topics.TaskUpdates)
        .Produces<Guid, ListsChanged>(Topics.TaskUpdates)
        .Consumer<PushUpdatesConsumer>()
        .Consumer<PushNotificationConsumer>()
        .TopicEndpointPerReplica(Topics.TaskUpdates, "live", (context, e) =>
        {
            e.ConfigureConsumer<PushUpdatesConsumer>(context);
            e.ConnectReceiveEndpointObserver(context.GetRequiredService<BeginsToHear>());
        })
        .TopicEndpointPerReplica(Topics.Notifications, "live", (context, e) =>
        {
            e.ConfigureConsumer<PushNotificationConsumer>(context);
            e.ConnectReceiveEndpointObserver(context.GetRequiredService<BeginsToHear>());
        });
}
