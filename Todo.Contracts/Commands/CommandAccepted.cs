namespace Todo.Contracts.Commands;

/// <summary>A command was done, or had been done before. Key: command id.</summary>
/// <param name="CommandId">The <c>id</c> of the command's event, as it came.</param>
/// <param name="TaskId">The task.</param>
/// <param name="UserId">The user it acted for.</param>
/// <param name="Version">The task's version after it; a command that changed nothing gets the version it found.</param>
/// <param name="OccurredAt">When it was done.</param>
[Message("todo.task.command-accepted.v1", Topics.TaskCommandResults)]
public sealed record CommandAccepted(string CommandId, Guid TaskId, Guid UserId, long Version, DateTimeOffset OccurredAt);
