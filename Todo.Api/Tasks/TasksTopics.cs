using Todo.Bus.Hosting;
using Todo.Contracts;
using Todo.Contracts.Reminders;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

internal static class TasksTopics
{
    public static BusConfigurator AddTaskTopics(this BusConfigurator bus) => bus
        .Produces<Guid, TaskCreated>(Topics.TaskEvents)
        .Produces<Guid, TaskUpdated>(Topics.TaskEvents)
        .Produces<Guid, TaskCompleted>(Topics.TaskEvents)
        .Produces<Guid, TaskReopened>(Topics.TaskEvents)
        .Produces<Guid, TaskArchived>(Topics.TaskEvents)
        .Produces<Guid, TaskDeleted>(Topics.TaskEvents)
        .Produces<Guid, TaskRestored>(Topics.TaskEvents)
        .Produces<Guid, OccurrenceSkipped>(Topics.TaskEvents)
        .Produces<Guid, ReminderSnoozed>(Topics.TaskEvents);
}
