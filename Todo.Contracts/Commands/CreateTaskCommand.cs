using Todo.Contracts.Tasks;

namespace Todo.Contracts.Commands;

/// <summary>Creates a task.</summary>
/// <param name="TaskId">The id the task will have, made by you; the record's key. The same id twice is the same task.</param>
/// <param name="UserId">The user it acts for: whose access token signs it, and whose task it will be.</param>
/// <param name="Task">The task. Only the title is needed.</param>
[Message("todo.task.create.v1", Topics.TaskCommands)]
public sealed record CreateTaskCommand(Guid TaskId, Guid UserId, CreateTaskRequest Task) : ITaskCommand;
