namespace Todo.Contracts.Live;

/// <summary>Projects, sections, labels or filters of an owner, or how their lists are shown, changed: read them again. Key: owner id.</summary>
/// <param name="OwnerId">Whose.</param>
/// <param name="CommandId">The id the client gave its command, so that it knows its own echo.</param>
/// <param name="OccurredAt">When.</param>
[Message("todo.lists.changed.v1", Topics.TaskUpdates)]
public sealed record ListsChanged(Guid OwnerId, string? CommandId, DateTimeOffset OccurredAt);
