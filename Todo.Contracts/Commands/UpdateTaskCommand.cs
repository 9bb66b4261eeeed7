using Todo.Contracts.Tasks;

namespace Todo.Contracts.Commands;

/// <summary>Changes the fields that are sent and no others; null clears.</summary>
/// <param name="TaskId">The task; the record's key.</param>
/// <param name="UserId">The user it acts for: whose access token signs it.</param>
/// <param name="Patch">The fields to change.</param>
/// <param name="IfVersion">When set, the command is refused unless the task has this version.</param>
[Message("todo.task.update.v1", Topics.TaskCommands)]
public sealed record UpdateTaskCommand(Guid TaskId, Guid UserId, UpdateTaskRequest Patch, long? IfVersion = null) : ITaskCommand;
