using MassTransit;
using Todo.Contracts.Reminders;
using Todo.Workers.Reminders;
using Todo.Workers.Storage;

namespace Todo.Workers.Ledger;

/// <summary>Writes down that a reminder fired, and how often.</summary>
internal sealed class WitnessRemindersConsumer(WorkersDbContext db, TimeProvider clock) : IConsumer<ReminderDue>
{
    public async Task Consume(ConsumeContext<ReminderDue> context)
    {
        var (due, ct) = (context.Message, context.CancellationToken);
        var fired = new PlannedReminder(due.ReminderId, due.ExpectedAt.ToUniversalTime(), due.Urgent, due.Snoozed);
        var witnessed = await db.LockWitnessedTaskAsync(due.TaskId, clock.GetUtcNow(), ct);
        witnessed.Plan = witnessed.Plan.AfterFiring([fired]);
        await db.ReminderFiredAsync(due.TaskId, due.OwnerId, fired, due.FiredAt.ToUniversalTime(), clock.GetUtcNow(), ct);
        await db.SaveChangesAsync(ct);
    }
}
