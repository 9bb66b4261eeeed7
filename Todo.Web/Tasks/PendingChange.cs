using Todo.Contracts.Tasks;

namespace Todo.Web.Tasks;

/// <summary>A change that a person has made and the server has not yet answered.</summary>
/// <param name="CommandId">Sent with the request; the live feed's echo carries it back.</param>
/// <param name="TaskId">The task it is about.</param>
/// <param name="Apply">What the task looks like once it holds; given null for a task that is new.</param>
public sealed record PendingChange(string CommandId, Guid TaskId, Func<TaskView?, TaskView?> Apply);
