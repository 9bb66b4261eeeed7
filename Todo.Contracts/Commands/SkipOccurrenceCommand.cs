namespace Todo.Contracts.Commands;

/// <summary>Skips this occurrence of a repeating task: it is closed without credit, and the series goes on.</summary>
/// <param name="TaskId">The task; the record's key.</param>
/// <param name="UserId">The user it acts for: whose access token signs it.</param>
/// <param name="AllMissed">True to leave out every missed occurrence along with it.</param>
/// <param name="IfVersion">When set, the command is refused unless the task has this version.</param>
[Message("todo.task.skip.v1", Topics.TaskCommands)]
public sealed record SkipOccurrenceCommand(Guid TaskId, Guid UserId, bool AllMissed = false, long? IfVersion = null) : ITaskCommand;
