using MassTransit;
using Todo.Contracts.Recurrence;
using Todo.Contracts.Tasks;

namespace Todo.Workers.Recurrence;

/// <summary>Keeps one live task a series: when it is completed or skipped, asks for the next one; when that is undone, takes it back.</summary>
/// <remarks>
/// Two tasks of a series have two keys, so their facts may overtake one another: the number of the occurrence decides which is
/// live, and the version of its task what is news. Only closing a later occurrence moves the series on; merely hearing of one
/// does not, because it may be on its way back. An earlier one that is open (again) takes the series back to it, whichever fact
/// says so: the Api opens none while a later one is closed.
/// </remarks>
internal sealed class RecurrenceStateMachine : MassTransitStateMachine<RecurrenceState>
{
    public RecurrenceStateMachine(TimeProvider clock)
    {
        InstanceState(saga => saga.CurrentState);
        Event(() => TaskCreated, BySeries);
        Event(() => TaskUpdated, BySeries);
        Event(() => TaskRestored, BySeries);
        Event(() => TaskCompleted, BySeries);
        Event(() => OccurrenceSkipped, BySeries);
        Event(() => TaskReopened, BySeries);
        Event(() => TaskArchived, BySeries);
        Event(() => TaskDeleted, BySeries);

        During([Initial, Running, Paused, Suspended, Ended],
            When(TaskCreated, IsNews).Follow(clock).RunOrEnd(this),
            When(TaskUpdated, IsUndo).TakeBack(clock),
            When(TaskUpdated, IsNews).Follow(clock).AskForNextIfResumed(this, clock),
            When(TaskRestored, IsUndo).TakeBack(clock),
            When(TaskRestored, IsNews).Follow(clock).RunOrEnd(this),
            When(TaskCompleted, IsUndo).TakeBack(clock),
            When(TaskCompleted, IsNews).Follow(clock).AskForNext(this, clock),
            When(OccurrenceSkipped, IsUndo).TakeBack(clock),
            When(OccurrenceSkipped, IsNews).Follow(clock).AskForNext(this, clock),
            When(TaskReopened, IsUndo).TakeBack(clock),
            When(TaskReopened, IsNews).Follow(clock).OweNothing().RunOrEnd(this),
            When(TaskArchived, IsNews).Follow(clock).TransitionTo(Suspended),
            When(TaskDeleted, IsNews).Follow(clock).TransitionTo(Suspended));
    }

    /// <summary>One occurrence is live; closing it brings the next.</summary>
    public State Running { get; private set; } = null!;

    /// <summary>The owner paused the series: closing the live occurrence brings no next one until it is resumed.</summary>
    public State Paused { get; private set; } = null!;

    /// <summary>The live occurrence is in the trash or put away; the series goes on when it comes back.</summary>
    public State Suspended { get; private set; } = null!;

    /// <summary>The last occurrence has been, or the rule was taken away.</summary>
    public State Ended { get; private set; } = null!;

    public Event<TaskCreated> TaskCreated { get; private set; } = null!;

    public Event<TaskUpdated> TaskUpdated { get; private set; } = null!;

    public Event<TaskRestored> TaskRestored { get; private set; } = null!;

    public Event<TaskCompleted> TaskCompleted { get; private set; } = null!;

    public Event<OccurrenceSkipped> OccurrenceSkipped { get; private set; } = null!;

    public Event<TaskReopened> TaskReopened { get; private set; } = null!;

    public Event<TaskArchived> TaskArchived { get; private set; } = null!;

    public Event<TaskDeleted> TaskDeleted { get; private set; } = null!;

    private static void BySeries<TFact>(IEventCorrelationConfigurator<RecurrenceState, TFact> fact)
        where TFact : class, ITaskFact =>
        fact.CorrelateById(context => context.Message.Task.SeriesId ?? context.Message.TaskId);

    private static bool IsNews<TFact>(BehaviorContext<RecurrenceState, TFact> context)
        where TFact : class, ITaskFact => context.Saga.IsNews(context.Message);

    private static bool IsUndo<TFact>(BehaviorContext<RecurrenceState, TFact> context)
        where TFact : class, ITaskFact => context.Saga.IsUndo(context.Message);
}

internal static class RecurrenceVerbs
{
    private const int UndoneAtMost = 5;

    public static bool IsNews(this RecurrenceState saga, ITaskFact fact) => fact.Task.Occurrence.GetValueOrDefault(1) switch
    {
        var occurrence when occurrence < saga.Occurrence => false,
        var occurrence when occurrence == saga.Occurrence => saga.Live.TaskId != fact.TaskId || fact.Task.Version > saga.Live.Version,
        _ => saga.Occurrence == 0 || fact is TaskCompleted or OccurrenceSkipped || saga.IsInTrashBefore(fact),
    };

    // Somebody took a later occurrence out of the trash, and left there the one that sent it away.
    private static bool IsInTrashBefore(this RecurrenceState saga, ITaskFact fact) =>
        fact is TaskRestored or TaskUpdated && fact.Task is { State: TaskState.Open, DeletedAt: null } && saga.CurrentState == nameof(RecurrenceStateMachine.Suspended);

    /// <summary>True when an earlier occurrence than the live one turns out to be open, or to have been open and closed again.</summary>
    public static bool IsUndo(this RecurrenceState saga, ITaskFact fact)
    {
        if (fact.Task.Occurrence.GetValueOrDefault(1) >= saga.Occurrence)
            return false;

        var isPrevious = fact.TaskId == saga.Previous.TaskId;
        return fact.Task is { State: TaskState.Open, DeletedAt: null }
            ? isPrevious ? fact.Task.Version > saga.Previous.Version : fact.OccurredAt > saga.Previous.ClosedAt
            : isPrevious && fact is TaskCompleted or OccurrenceSkipped && fact.OccurredAt > saga.Previous.ClosedAt
                && saga.CurrentState == nameof(RecurrenceStateMachine.Suspended); // the next one was taken back, so this one was open
    }

    /// <summary>Takes note of the live occurrence as it stands now, and of what was edited about the series.</summary>
    public static EventActivityBinder<RecurrenceState, TFact> Follow<TFact>(
        this EventActivityBinder<RecurrenceState, TFact> when, TimeProvider clock)
        where TFact : class, ITaskFact => when.Then(context =>
    {
        var (saga, task) = (context.Saga, context.Message.Task);
        var isSame = saga.Live.TaskId == task.TaskId;
        var due = task.Due ?? saga.Live.Due;
        saga.OwnerId = task.OwnerId;
        saga.Occurrence = task.Occurrence ?? 1;
        saga.FollowTime(due);
        saga.Live = new LiveOccurrence(task.TaskId, task.Version, isSame ? saga.Live.Slot : due.Date, due);
        saga.FollowRule(task.Recurrence);
        saga.UpdatedAt = clock.GetUtcNow();
    });

    public static EventActivityBinder<RecurrenceState, TFact> RunOrEnd<TFact>(
        this EventActivityBinder<RecurrenceState, TFact> when, RecurrenceStateMachine machine)
        where TFact : class => when
        .IfElse(context => context.Saga.EndedBecause is null,
            going => going.IfElse(context => context.Saga.IsPaused,
                paused => paused.TransitionTo(machine.Paused),
                running => running.TransitionTo(machine.Running)),
            over => over.TransitionTo(machine.Ended));

    public static EventActivityBinder<RecurrenceState, TFact> AskForNext<TFact>(
        this EventActivityBinder<RecurrenceState, TFact> when, RecurrenceStateMachine machine, TimeProvider clock)
        where TFact : class, ITaskFact => when
        .ThenAsync(async context =>
        {
            if (context.Saga.Advance(context.Message, clock.GetUtcNow()) is { } request)
            {
                await context.GetServiceOrCreateInstance<ITopicProducer<Guid, CreateOccurrence>>()
                    .Produce(request.TaskId, request, context.CancellationToken);
            }
        })
        .RunOrEnd(machine);

    public static EventActivityBinder<RecurrenceState, TaskUpdated> AskForNextIfResumed(
        this EventActivityBinder<RecurrenceState, TaskUpdated> when, RecurrenceStateMachine machine, TimeProvider clock) => when
        .IfElse(context => context.Saga is { IsOwedNext: true, IsPaused: false },
            resumed => resumed.AskForNext(machine, clock),
            same => same.RunOrEnd(machine));

    public static EventActivityBinder<RecurrenceState, TaskReopened> OweNothing(
        this EventActivityBinder<RecurrenceState, TaskReopened> when) => when.Then(context => context.Saga.IsOwedNext = false);

    /// <summary>An earlier occurrence is live again: the series stands as it stood before that was closed, and its successor is asked back.</summary>
    /// <remarks>The Api took the successor back with the reopening; this is for one that it was asked for and had not made yet.</remarks>
    public static EventActivityBinder<RecurrenceState, TFact> TakeBack<TFact>(
        this EventActivityBinder<RecurrenceState, TFact> when, TimeProvider clock)
        where TFact : class, ITaskFact => when.ThenAsync(async context =>
    {
        var (saga, now) = (context.Saga, clock.GetUtcNow());
        var request = new WithdrawOccurrence(saga.Live.TaskId, saga.OwnerId, saga.CorrelationId, now);
        await context.GetServiceOrCreateInstance<ITopicProducer<Guid, WithdrawOccurrence>>()
            .Produce(request.TaskId, request, context.CancellationToken);

        saga.StandAgainAt(context.Message.Task);
        saga.UpdatedAt = now;
    });

    private static void StandAgainAt(this RecurrenceState saga, TaskView task)
    {
        var past = saga.Previous;
        while (past.TaskId != task.TaskId && past.Then is { } then)
            past = then.Previous;

        var due = task.Due ?? saga.Live.Due;
        saga.Live = past.TaskId == task.TaskId ? past with { ClosedAt = default, Then = null } : new LiveOccurrence(task.TaskId, 0, due.Date, due);
        saga.Occurrence = task.Occurrence ?? 1;
        saga.Previous = LiveOccurrence.None;
        if (past.TaskId == task.TaskId && past.Then is { } before)
        {
            (saga.Rule, saga.Mode, saga.Anchor, saga.RuleSince) = (before.Rule, before.Mode, before.Anchor, before.RuleSince);
            (saga.Time, saga.TimeZone, saga.Previous) = (before.Time, before.TimeZone, before.Previous);
        }

        saga.EndedBecause = null;
        saga.IsOwedNext = false;
    }

    /// <summary>The live occurrence as one that was closed, with how the series stands now; undone are the latest few.</summary>
    private static LiveOccurrence AsClosed(this RecurrenceState saga, DateTimeOffset at) => saga.Live with
    {
        ClosedAt = at,
        Then = new SeriesThen(saga.Rule, saga.Mode, saga.Anchor, saga.RuleSince, saga.Time, saga.TimeZone, saga.Previous.Forgetting(UndoneAtMost - 1)),
    };

    private static LiveOccurrence Forgetting(this LiveOccurrence past, int after) => past.Then is not { } then ? past
        : after == 0 ? past with { Then = null }
        : past with { Then = then with { Previous = then.Previous.Forgetting(after - 1) } };

    // A due date moved to another day is this occurrence only, and so is whatever happens to it there; another time on the day
    // the rule gave it is the series' new time.
    private static void FollowTime(this RecurrenceState saga, Due due)
    {
        if (saga.Live == LiveOccurrence.None || (due.Date == saga.Live.Slot && due.Date == saga.Live.Due.Date && due != saga.Live.Due))
            (saga.Time, saga.TimeZone) = (due.Time, due.Zone);
    }

    private static void FollowRule(this RecurrenceState saga, RecurrenceRule? rule)
    {
        if (rule is not null && (saga.Rule != rule.Rule || (rule.Anchor is { } anchor && anchor != saga.Anchor)))
        {
            (saga.Rule, saga.Anchor, saga.RuleSince) = (rule.Rule, rule.Anchor ?? saga.Live.Due.Date, saga.Occurrence);
            saga.Live = saga.Live with { Slot = saga.Live.Due.Date };
        }

        saga.Mode = rule?.Mode ?? saga.Mode;
        saga.IsPaused = rule?.Paused ?? false;
        saga.EndedBecause = rule is null ? "the rule was taken away" : Schedule.Problem(rule, saga.Anchor);
    }

    /// <summary>Moves the series on by one and says which task to make; null when it is over.</summary>
    private static CreateOccurrence? Advance(this RecurrenceState saga, ITaskFact closed, DateTimeOffset now)
    {
        saga.IsOwedNext = saga.IsPaused;
        if (saga.IsPaused || saga.EndedBecause is not null || !RuleText.TryParse(saga.Rule, out var rule, out _))
            return null;

        var isAllMissed = closed is OccurrenceSkipped { AllMissed: true };
        var standing = new Standing(saga.Anchor, saga.Live.Slot, saga.Live.Due, saga.Time, saga.TimeZone, closed.Task.Zone);
        var next = Schedule.Next(rule, isAllMissed ? RecurrenceMode.SkipMissed : saga.Mode, standing, closed.OccurredAt);
        var leftOut = isAllMissed && saga.Mode == RecurrenceMode.KeepMissed ? Schedule.Between(rule, standing, next) : 0;
        if (saga.Occurrence - saga.RuleSince + 1 + leftOut >= rule.Count)
        {
            saga.EndedBecause = "it has been as often as it was meant to";
            return null;
        }

        if (next is not { } due)
        {
            saga.EndedBecause = "no day is left in the rule";
            return null;
        }

        saga.Previous = saga.AsClosed(closed.OccurredAt);
        saga.RuleSince -= leftOut;
        var request = closed.Task.MovedTo(saga.CorrelationId, saga.Occurrence + 1, saga.Live.Due, due, now);
        saga.Occurrence = request.Occurrence;
        saga.Live = new LiveOccurrence(request.TaskId, 0, due.Date, due);
        return request;
    }
}
