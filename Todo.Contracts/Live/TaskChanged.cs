using Todo.Contracts.Tasks;

namespace Todo.Contracts.Live;

/// <summary>One change of the live feed. Key: owner id; <see cref="Sequence"/> has no gaps per owner.</summary>
/// <remarks>A client that sees a gap, or a sequence it knows, asks <c>GET /api/v1/changes?since=</c> or ignores it.</remarks>
/// <param name="OwnerId">Whose change it is.</param>
/// <param name="Sequence">The owner's sequence number, assigned in the writing transaction.</param>
/// <param name="TaskId">The task.</param>
/// <param name="Task">The task as it stands; null when it is gone for good.</param>
/// <param name="CommandId">The id the client gave its command, so that it knows its own echo.</param>
/// <param name="OccurredAt">When.</param>
[Message("todo.task.changed.v1", Topics.TaskUpdates)]
public sealed record TaskChanged(
    Guid OwnerId,
    long Sequence,
    Guid TaskId,
    TaskView? Task,
    string? CommandId,
    DateTimeOffset OccurredAt);
