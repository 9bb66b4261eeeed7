using MassTransit;
using Todo.Contracts.Reminders;
using Todo.Contracts.Tasks;

namespace Todo.Workers.Reminders;

/// <summary>Watches one task's reminders: knows when each is to fire and holds one timer, for the earliest.</summary>
/// <remarks>
/// Facts may come twice or late: a task's version decides what is news. A saga that hears of a task for the first time takes
/// whatever fact that is as its creation. Closed tasks keep their row, so that an old fact cannot bring reminders back to life.
/// </remarks>
internal sealed class ReminderStateMachine : MassTransitStateMachine<ReminderState>
{
    public ReminderStateMachine(TimeProvider clock)
    {
        InstanceState(saga => saga.CurrentState);
        Event(() => TaskCreated, fact => fact.CorrelateById(context => context.Message.TaskId));
        Event(() => TaskUpdated, fact => fact.CorrelateById(context => context.Message.TaskId));
        Event(() => TaskReopened, fact => fact.CorrelateById(context => context.Message.TaskId));
        Event(() => TaskRestored, fact => fact.CorrelateById(context => context.Message.TaskId));
        Event(() => TaskCompleted, fact => fact.CorrelateById(context => context.Message.TaskId));
        Event(() => OccurrenceSkipped, fact => fact.CorrelateById(context => context.Message.TaskId));
        Event(() => TaskArchived, fact => fact.CorrelateById(context => context.Message.TaskId));
        Event(() => TaskDeleted, fact => fact.CorrelateById(context => context.Message.TaskId));
        Event(() => TaskRechecked, fact => fact.CorrelateById(context => context.Message.TaskId));
        Event(() => ReminderSnoozed, fact =>
        {
            fact.CorrelateById(context => context.Message.TaskId);
            fact.OnMissingInstance(missing => missing.Discard());
        });
        Schedule(() => Due, saga => saga.TimerToken, timer => timer.Received = fact =>
        {
            fact.CorrelateById(context => context.Message.TaskId);
            fact.OnMissingInstance(missing => missing.Discard());
        });

        During([Initial, Watching, Resting, Closed],
            When(TaskCreated, IsNews).Remember(clock).WatchOrRest(this),
            When(TaskUpdated, IsNews).Remember(clock).WatchOrRest(this),
            When(TaskReopened, IsNews).Remember(clock).WatchOrRest(this),
            When(TaskRestored, IsNews).Remember(clock).WatchOrRest(this),
            When(TaskRechecked, IsNews).Remember(clock).WatchOrRest(this),
            When(TaskCompleted, IsNews).Remember(clock).Close(this),
            When(OccurrenceSkipped, IsNews).Remember(clock).Close(this),
            When(TaskArchived, IsNews).Remember(clock).Close(this),
            When(TaskDeleted, IsNews).Remember(clock).Close(this));

        During([Watching, Resting],
            When(ReminderSnoozed).Snooze(clock).WatchOrRest(this));

        During(Watching,
            When(Due.Received).RaiseWhatIsDue(clock).WatchOrRest(this));

        During([Resting, Closed],
            Ignore(Due.Received));

        During(Closed,
            Ignore(ReminderSnoozed));
    }

    /// <summary>Reminders are to come; a timer waits for the earliest.</summary>
    public State Watching { get; private set; } = null!;

    /// <summary>The task is open and nothing is to come.</summary>
    public State Resting { get; private set; } = null!;

    /// <summary>The task is completed, skipped, archived or in the trash.</summary>
    public State Closed { get; private set; } = null!;

    public Event<TaskCreated> TaskCreated { get; private set; } = null!;

    public Event<TaskUpdated> TaskUpdated { get; private set; } = null!;

    public Event<TaskReopened> TaskReopened { get; private set; } = null!;

    public Event<TaskRestored> TaskRestored { get; private set; } = null!;

    public Event<TaskCompleted> TaskCompleted { get; private set; } = null!;

    public Event<OccurrenceSkipped> OccurrenceSkipped { get; private set; } = null!;

    public Event<TaskArchived> TaskArchived { get; private set; } = null!;

    public Event<TaskDeleted> TaskDeleted { get; private set; } = null!;

    public Event<TaskRechecked> TaskRechecked { get; private set; } = null!;

    public Event<ReminderSnoozed> ReminderSnoozed { get; private set; } = null!;

    public Schedule<ReminderState, ReminderTimeout> Due { get; private set; } = null!;

    private static bool IsNews<TFact>(BehaviorContext<ReminderState, TFact> context)
        where TFact : class, ITaskFact => context.Message.Task.Version > context.Saga.Version;
}

internal static class ReminderVerbs
{
    public static EventActivityBinder<ReminderState, TFact> Remember<TFact>(
        this EventActivityBinder<ReminderState, TFact> when, TimeProvider clock)
        where TFact : class, ITaskFact => when.Then(context =>
    {
        var (saga, fact) = (context.Saga, context.Message);
        saga.OwnerId = fact.OwnerId;
        saga.Title = fact.Task.Title;
        saga.Version = fact.Task.Version;
        saga.IsOpen = fact.Task.State == TaskState.Open && fact.Task.DeletedAt is null;
        saga.Plan = saga.Plan.After(fact);
        saga.UpdatedAt = clock.GetUtcNow();
    });

    public static EventActivityBinder<ReminderState, ReminderSnoozed> Snooze(
        this EventActivityBinder<ReminderState, ReminderSnoozed> when, TimeProvider clock) => when.Then(context =>
    {
        context.Saga.Plan = context.Saga.Plan.After(context.Message);
        context.Saga.UpdatedAt = clock.GetUtcNow();
    });

    /// <summary>Says each reminder whose moment has come. A timer that comes early finds none and is set again.</summary>
    public static EventActivityBinder<ReminderState, ReminderTimeout> RaiseWhatIsDue(
        this EventActivityBinder<ReminderState, ReminderTimeout> when, TimeProvider clock) => when.ThenAsync(async context =>
    {
        var (saga, now) = (context.Saga, clock.GetUtcNow());
        var due = saga.Plan.DueBy(now);
        var facts = context.GetServiceOrCreateInstance<ITopicProducer<Guid, ReminderDue>>();
        foreach (var planned in due)
            await facts.Produce(saga.CorrelationId, saga.ToDue(planned, now), context.CancellationToken);

        saga.Plan = saga.Plan.AfterFiring(due);
        saga.TimerAt = null; // its token is still set here: MassTransit clears it once this event is through
        saga.UpdatedAt = now;
    });

    public static EventActivityBinder<ReminderState, T> WatchOrRest<T>(
        this EventActivityBinder<ReminderState, T> when, ReminderStateMachine machine)
        where T : class => when
        .If(context => context.Saga.NeedsAnotherTimer, wanted => wanted
            .Schedule(machine.Due, context => context.Saga.NextTimeout(), context => context.Saga.Plan.Next!.Value.UtcDateTime)
            .Then(context => context.Saga.TimerAt = context.Saga.Plan.Next))
        .IfElse(context => context.Saga.Plan.Next is not null,
            waiting => waiting.TransitionTo(machine.Watching),
            nothing => nothing.StopTimer(machine).IfElse(context => context.Saga.IsOpen,
                open => open.TransitionTo(machine.Resting),
                closed => closed.TransitionTo(machine.Closed)));

    public static EventActivityBinder<ReminderState, T> Close<T>(
        this EventActivityBinder<ReminderState, T> when, ReminderStateMachine machine)
        where T : class => when.StopTimer(machine).TransitionTo(machine.Closed);

    private static EventActivityBinder<ReminderState, T> StopTimer<T>(
        this EventActivityBinder<ReminderState, T> when, ReminderStateMachine machine)
        where T : class => when.Unschedule(machine.Due).Then(context => context.Saga.TimerAt = null);

    private static ReminderTimeout NextTimeout(this ReminderState saga) => new(saga.CorrelationId, saga.Plan.Next!.Value);

    private static ReminderDue ToDue(this ReminderState saga, PlannedReminder planned, DateTimeOffset now) => new(
        saga.CorrelationId, saga.OwnerId, planned.ReminderId, saga.Title, planned.At, now, planned.Urgent, planned.Snoozed);
}
