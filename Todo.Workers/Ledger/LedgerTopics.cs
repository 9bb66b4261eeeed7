using MassTransit;
using Todo.Bus.Hosting;
using Todo.Contracts;
using Todo.Contracts.Recurrence;
using Todo.Contracts.Reminders;
using Todo.Contracts.Tasks;
using Todo.Workers.Reminders;

namespace Todo.Workers.Ledger;

internal static class LedgerTopics
{
    private const string Group = "ledger";

    public static IServiceCollection AddLedgerAudit(this IServiceCollection services) => services
        .AddScoped<TaskGaps>()
        .AddScoped<ReminderGaps>()
        .AddScoped<SeriesGaps>()
        .AddScoped<LedgerAudit>();

    /// <summary>What the audit says again; every process may run it.</summary>
    public static BusConfigurator AddLedgerRepairs(this BusConfigurator bus) => bus
        .Messages(MessageCatalogue.All, ContractsJson.Default)
        .Keys(MessageCatalogue.Keys)
        .Messages(RemindersTopics.PrivateMessages)
        .Produces<Guid, RepublishTask>(Topics.TrustedTaskCommands)
        .Produces<Guid, CreateOccurrence>(Topics.TrustedTaskCommands)
        .Produces<Guid, WithdrawOccurrence>(Topics.TrustedTaskCommands)
        .Produces<Guid, TaskRechecked>(Topics.TaskTimers)
        .Produces<Guid, ReminderTimeout>(Topics.TaskTimers)
        .Produces<Guid, ReminderDue>(Topics.Reminders);

    public static BusConfigurator AddLedgerTopics(this BusConfigurator bus) => bus
        .Messages(MessageCatalogue.All, ContractsJson.Default)
        .Consumer<WitnessTasksConsumer>()
        .Consumer<WitnessRemindersConsumer>()
        .TopicEndpoint(Topics.TaskEvents, Group, (context, endpoint) => endpoint.ConfigureConsumer<WitnessTasksConsumer>(context))
        .TopicEndpoint(Topics.Reminders, Group, (context, endpoint) => endpoint.ConfigureConsumer<WitnessRemindersConsumer>(context));
}
