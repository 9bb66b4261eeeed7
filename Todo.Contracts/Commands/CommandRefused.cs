namespace Todo.Contracts.Commands;

/// <summary>A command was not done, and nothing changed. Key: command id.</summary>
/// <remarks>
/// Anybody who may write to the topic can use your command's id: a refusal with status 401 for a command that you signed is about
/// somebody else's record, and yours is answered besides.
/// </remarks>
/// <param name="CommandId">The <c>id</c> of the command's event, as it came.</param>
/// <param name="TaskId">The task, as the command named it.</param>
/// <param name="UserId">The user it acted for; absent when nobody could be made sure of.</param>
/// <param name="Problem">Why, as HTTP would have said it.</param>
/// <param name="OccurredAt">When it was refused.</param>
[Message("todo.task.command-refused.v1", Topics.TaskCommandResults)]
public sealed record CommandRefused(string CommandId, Guid? TaskId, Guid? UserId, CommandProblem Problem, DateTimeOffset OccurredAt);

/// <summary>A problem in the form of RFC 9457.</summary>
/// <param name="Status">400 wrong fields, 401 not signed as it must be, 403 not allowed, 404 no such task of this user, 409 against the rules, 412 another version, 422 the id was used for another command.</param>
/// <param name="Title">The kind of problem, in a few words.</param>
/// <param name="Detail">A sentence for people.</param>
/// <param name="Errors">By field, where fields are wrong.</param>
public sealed record CommandProblem(int Status, string Title, string Detail, IReadOnlyDictionary<string, string[]>? Errors = null);
