using MassTransit;
using Todo.Bus.Hosting;
using Todo.Contracts;
using Todo.Contracts.Reminders;
using Todo.Workers.Storage;

namespace Todo.Workers.Reminders;

internal static class RemindersTopics
{
    private const string Group = "reminders";

    public static BusConfigurator AddReminderTopics(this BusConfigurator bus)
    {
        bus.Rider.AddSagaStateMachine<ReminderStateMachine, ReminderState, ReminderStateDefinition>()
            .EntityFrameworkRepository(repository => repository.ExistingDbContext<WorkersDbContext>());
        return bus
            .Messages(MessageCatalogue.All, ContractsJson.Default)
            .Messages(PrivateMessages)
            .Produces<Guid, ReminderDue>(Topics.Reminders)
            .TopicEndpoint(Topics.TaskEvents, Group, (context, endpoint) =>
            {
                endpoint.SendTimersTo(Topics.TaskTimers);
                endpoint.ConfigureSaga<ReminderState>(context);
            })
            .TopicEndpoint(Topics.TaskTimers, Group, (context, endpoint) =>
            {
                endpoint.SendTimersTo(Topics.TaskTimers);
                endpoint.ConfigureSaga<ReminderState>(context);
            });
    }

    public static readonly IReadOnlyDictionary<Type, string> PrivateMessages = new Dictionary<Type, string>
    {
        [typeof(ReminderTimeout)] = "todo.workers.reminder-timeout.v1",
        [typeof(TaskRechecked)] = "todo.workers.task-rechecked.v1",
    };
}
