namespace Todo.Contracts.Commands;

/// <summary>Puts a task and its sub-tasks into the trash, where they stay for 30 days.</summary>
/// <param name="TaskId">The task; the record's key.</param>
/// <param name="UserId">The user it acts for: whose access token signs it.</param>
/// <param name="IfVersion">When set, the command is refused unless the task has this version.</param>
[Message("todo.task.delete.v1", Topics.TaskCommands)]
public sealed record DeleteTaskCommand(Guid TaskId, Guid UserId, long? IfVersion = null) : ITaskCommand;
