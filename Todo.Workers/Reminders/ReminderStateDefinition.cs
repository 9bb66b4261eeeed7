using MassTransit;

namespace Todo.Workers.Reminders;

/// <summary>Nothing beyond what every topic endpoint does: order per key, the row locked, retries, then the dead letters.</summary>
internal sealed class ReminderStateDefinition : SagaDefinition<ReminderState>;
