using MassTransit;
using Todo.Bus.Hosting;
using Todo.Contracts;

namespace Todo.Workers.Audit;

internal static class AuditTopics
{
    private const string Group = "audit";

    public static BusConfigurator AddAuditTopics(this BusConfigurator bus) => bus
        .Messages(MessageCatalogue.All, ContractsJson.Default)
        .Consumer<RecordFactConsumer>()
        .TopicEndpoint(Topics.TaskEvents, Group, (context, endpoint) => endpoint.ConfigureConsumer<RecordFactConsumer>(context))
        .TopicEndpoint(Topics.Reminders, Group, (context, endpoint) => endpoint.ConfigureConsumer<RecordFactConsumer>(context))
        .TopicEndpoint(Topics.Notifications, Group, (context, endpoint) => endpoint.ConfigureConsumer<RecordFactConsumer>(context))
        .TopicEndpoint(Topics.UserEvents, Group, (context, endpoint) => endpoint.ConfigureConsumer<RecordFactConsumer>(context));
}
