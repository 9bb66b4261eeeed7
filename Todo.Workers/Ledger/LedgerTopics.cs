using MassTransit;
using Todo.Bus.Hosting;
using Todo.Contracts;

namespace Todo.Workers.Ledger;

internal static class LedgerTopics
{
    private const string Group = "ledger";

    public static BusConfigurator AddLedgerTopics(this BusConfigurator bus) => bus
        .Messages(MessageCatalogue.All, ContractsJson.Default)
        .Consumer<WitnessTasksConsumer>()
        .Consumer<WitnessRemindersConsumer>()
        .TopicEndpoint(Topics.TaskEvents, Group, (context, endpoint) => endpoint.ConfigureConsumer<WitnessTasksConsumer>(context))
        .TopicEndpoint(Topics.Reminders, Group, (context, endpoint) => endpoint.ConfigureConsumer<WitnessRemindersConsumer>(context));
}
