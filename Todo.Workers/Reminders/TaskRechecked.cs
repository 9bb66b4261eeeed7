using Todo.Contracts.Tasks;

namespace Todo.Workers.Reminders;

/// <summary>The ledger's audit found that a saga missed the latest fact about its task, and says it again. Private to Workers.</summary>
public sealed record TaskRechecked(
    Guid TaskId,
    Guid OwnerId,
    TaskView Task,
    Guid ActorId,
    DateTimeOffset OccurredAt) : ITaskFact;
