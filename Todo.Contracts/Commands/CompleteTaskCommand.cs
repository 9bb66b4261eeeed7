namespace Todo.Contracts.Commands;

/// <summary>Completes a task and its sub-tasks. Completing twice changes nothing.</summary>
/// <param name="TaskId">The task; the record's key.</param>
/// <param name="UserId">The user it acts for: whose access token signs it.</param>
/// <param name="IfVersion">When set, the command is refused unless the task has this version.</param>
[Message("todo.task.complete.v1", Topics.TaskCommands)]
public sealed record CompleteTaskCommand(Guid TaskId, Guid UserId, long? IfVersion = null) : ITaskCommand;
