namespace Todo.Contracts.Tasks;

/// <summary>A task now exists. The first fact on its key; every later one follows it.</summary>
/// <remarks>Facts about one task share its id as key and come in the order of <see cref="TaskView.Version"/>; each may come more than once.</remarks>
/// <param name="TaskId">The task.</param>
/// <param name="OwnerId">Whose it is.</param>
/// <param name="Task">The task as it stands after this fact.</param>
/// <param name="ActorId">Who caused it; the series' saga acts as the owner.</param>
/// <param name="OccurredAt">When it became true.</param>
[Message("todo.task.created.v1", Topics.TaskEvents)]
public sealed record TaskCreated(
    Guid TaskId,
    Guid OwnerId,
    TaskView Task,
    Guid ActorId,
    DateTimeOffset OccurredAt) : ITaskFact;
