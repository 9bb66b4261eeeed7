using MassTransit;
using Todo.Contracts.Reminders;
using Todo.Contracts.Tasks;
using Todo.Workers.Reminders;
using Todo.Workers.Storage;

namespace Todo.Workers.Ledger;

/// <summary>Hears the same facts as the sagas, works out the same plans, and writes down what is to be expected: a second pair of eyes.</summary>
internal sealed class WitnessTasksConsumer(WorkersDbContext db, TimeProvider clock) :
    IConsumer<TaskCreated>, IConsumer<TaskUpdated>, IConsumer<TaskCompleted>, IConsumer<TaskReopened>, IConsumer<TaskArchived>,
    IConsumer<TaskDeleted>, IConsumer<TaskRestored>, IConsumer<OccurrenceSkipped>, IConsumer<ReminderSnoozed>
{
    public Task Consume(ConsumeContext<TaskCreated> context) => WitnessAsync(context, "edited");

    public Task Consume(ConsumeContext<TaskUpdated> context) => WitnessAsync(context, "edited");

    public Task Consume(ConsumeContext<TaskCompleted> context) => WitnessAsync(context, "completed");

    public Task Consume(ConsumeContext<TaskReopened> context) => WitnessAsync(context, "edited");

    public Task Consume(ConsumeContext<TaskArchived> context) => WitnessAsync(context, "archived");

    public Task Consume(ConsumeContext<TaskDeleted> context) => WitnessAsync(context, "deleted");

    public Task Consume(ConsumeContext<TaskRestored> context) => WitnessAsync(context, "edited");

    public Task Consume(ConsumeContext<OccurrenceSkipped> context) => WitnessAsync(context, "skipped");

    public async Task Consume(ConsumeContext<ReminderSnoozed> context)
    {
        var witnessed = await db.LockWitnessedTaskAsync(context.Message.TaskId, clock.GetUtcNow(), context.CancellationToken);
        if (witnessed.Task is not { State: TaskState.Open, DeletedAt: null })
            return;

        await ExpectAsync(witnessed, witnessed.Plan.After(context.Message), "snoozed again", context.CancellationToken);
        await db.SaveChangesAsync(context.CancellationToken);
    }

    private async Task WitnessAsync<TFact>(ConsumeContext<TFact> context, string why)
        where TFact : class, ITaskFact
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        var witnessed = await db.LockWitnessedTaskAsync(fact.TaskId, clock.GetUtcNow(), ct);
        if (witnessed.Version >= fact.Task.Version)
            return;

        witnessed.Version = fact.Task.Version;
        witnessed.OwnerId = fact.OwnerId;
        witnessed.Task = fact.Task;
        witnessed.ActorId = fact.ActorId;
        witnessed.OccurredAt = fact.OccurredAt.ToUniversalTime();
        await ExpectAsync(witnessed, witnessed.Plan.After(fact), why, ct);
        await db.KeepOccurrenceAsync(fact, clock.GetUtcNow(), ct);
        await db.SaveChangesAsync(ct);
    }

    private async Task ExpectAsync(WitnessedTask witnessed, ReminderPlan plan, string why, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var gone in witnessed.Plan.Pending.Where(before => !plan.Pending.Any(before.Is)))
            await db.CancelReminderAsync(witnessed.TaskId, gone, why, now, ct);
        foreach (var wanted in plan.Pending.Where(after => !witnessed.Plan.Pending.Any(after.Is)))
            await db.ExpectReminderAsync(witnessed.TaskId, witnessed.Task!.OwnerId, wanted, now, ct);
        witnessed.Plan = plan;
    }
}
