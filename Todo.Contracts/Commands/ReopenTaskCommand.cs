namespace Todo.Contracts.Commands;

/// <summary>Opens a completed or archived task again.</summary>
/// <param name="TaskId">The task; the record's key.</param>
/// <param name="UserId">The user it acts for: whose access token signs it.</param>
/// <param name="IfVersion">When set, the command is refused unless the task has this version.</param>
[Message("todo.task.reopen.v1", Topics.TaskCommands)]
public sealed record ReopenTaskCommand(Guid TaskId, Guid UserId, long? IfVersion = null) : ITaskCommand;
