namespace Todo.Contracts.Tasks;

/// <summary>A task was put away without being done.</summary>
/// <remarks>Facts about one task share its id as key and come in the order of <see cref="TaskView.Version"/>; each may come more than once.</remarks>
/// <param name="TaskId">The task.</param>
/// <param name="OwnerId">Whose it is.</param>
/// <param name="Task">The task as it stands after this fact.</param>
/// <param name="ActorId">Who caused it; the series' saga acts as the owner.</param>
/// <param name="OccurredAt">When it became true.</param>
[Message("todo.task.archived.v1", Topics.TaskEvents)]
public sealed record TaskArchived(
    Guid TaskId,
    Guid OwnerId,
    TaskView Task,
    Guid ActorId,
    DateTimeOffset OccurredAt) : ITaskFact;
