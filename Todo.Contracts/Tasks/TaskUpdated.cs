namespace Todo.Contracts.Tasks;

/// <summary>Fields of a task changed.</summary>
/// <remarks>Facts about one task share its id as key and come in the order of <see cref="TaskView.Version"/>; each may come more than once.</remarks>
/// <param name="TaskId">The task.</param>
/// <param name="OwnerId">Whose it is.</param>
/// <param name="Task">The task as it stands after this fact.</param>
/// <param name="Changed">The names of the changed fields, as in the JSON of <see cref="TaskView"/>.</param>
/// <param name="ActorId">Who caused it; the series' saga acts as the owner.</param>
/// <param name="OccurredAt">When it became true.</param>
[Message("todo.task.updated.v1", Topics.TaskEvents)]
public sealed record TaskUpdated(
    Guid TaskId,
    Guid OwnerId,
    TaskView Task,
    IReadOnlyList<string> Changed,
    Guid ActorId,
    DateTimeOffset OccurredAt) : ITaskFact;
