using MassTransit;
using Todo.Contracts.Tasks;

namespace Todo.Workers.Recurrence;

/// <summary>Most tasks are no part of a series: their facts are left out before a saga row is looked for.</summary>
internal sealed class RecurrenceStateDefinition : SagaDefinition<RecurrenceState>
{
    protected override void ConfigureSaga(
        IReceiveEndpointConfigurator endpointConfigurator,
        ISagaConfigurator<RecurrenceState> sagaConfigurator,
        IRegistrationContext context)
    {
        OnlySeries<TaskCreated>(sagaConfigurator);
        OnlySeries<TaskUpdated>(sagaConfigurator);
        OnlySeries<TaskRestored>(sagaConfigurator);
        OnlySeries<TaskCompleted>(sagaConfigurator);
        OnlySeries<OccurrenceSkipped>(sagaConfigurator);
        OnlySeries<TaskReopened>(sagaConfigurator);
        OnlySeries<TaskArchived>(sagaConfigurator);
        OnlySeries<TaskDeleted>(sagaConfigurator);
    }

    private static void OnlySeries<TFact>(ISagaConfigurator<RecurrenceState> saga)
        where TFact : class, ITaskFact =>
        saga.Message<TFact>(fact => fact.UseContextFilter(context => Task.FromResult(context.Message.Task.SeriesId is not null)));
}
