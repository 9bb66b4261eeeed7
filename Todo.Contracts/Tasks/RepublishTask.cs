namespace Todo.Contracts.Tasks;

/// <summary>Asks the Api to say again how a task stands (a TaskUpdated that changed nothing), because a reader missed a fact. Key: task id.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="OccurredAt">When it was asked.</param>
[Message("todo.task.republish.v1", Topics.TrustedTaskCommands, Ours = true)]
public sealed record RepublishTask(Guid TaskId, DateTimeOffset OccurredAt);
