using MassTransit;
using Todo.Bus.Hosting;
using Todo.Contracts;
using Todo.Contracts.Recurrence;
using Todo.Workers.Storage;

namespace Todo.Workers.Recurrence;

internal static class RecurrenceTopics
{
    public static BusConfigurator AddRecurrenceTopics(this BusConfigurator bus)
    {
        bus.Rider.AddSagaStateMachine<RecurrenceStateMachine, RecurrenceState, RecurrenceStateDefinition>()
            .EntityFrameworkRepository(repository => repository.ExistingDbContext<WorkersDbContext>());
        return bus
            .Messages(MessageCatalogue.All, ContractsJson.Default)
            .Produces<Guid, CreateOccurrence>(Topics.TrustedTaskCommands)
            .Produces<Guid, WithdrawOccurrence>(Topics.TrustedTaskCommands)
            .TopicEndpoint(Topics.TaskEvents, "recurrence", (context, endpoint) => endpoint.ConfigureSaga<RecurrenceState>(context));
    }
}
