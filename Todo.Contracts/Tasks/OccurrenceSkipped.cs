namespace Todo.Contracts.Tasks;

/// <summary>One occurrence of a repeating task was skipped: closed without credit, and the series goes on.</summary>
/// <remarks>Facts about one task share its id as key and come in the order of <see cref="TaskView.Version"/>; each may come more than once.</remarks>
/// <param name="TaskId">The task.</param>
/// <param name="OwnerId">Whose it is.</param>
/// <param name="Task">The task as it stands after this fact.</param>
/// <param name="ActorId">Who caused it; the series' saga acts as the owner.</param>
/// <param name="OccurredAt">When it became true.</param>
/// <param name="AllMissed">True when every missed occurrence is skipped along with it, whatever the mode of the series.</param>
[Message("todo.task.occurrence-skipped.v1", Topics.TaskEvents)]
public sealed record OccurrenceSkipped(
    Guid TaskId,
    Guid OwnerId,
    TaskView Task,
    Guid ActorId,
    DateTimeOffset OccurredAt,
    bool AllMissed = false) : ITaskFact;
