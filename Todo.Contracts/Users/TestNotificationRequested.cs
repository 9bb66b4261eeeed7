namespace Todo.Contracts.Users;

/// <summary>A user wants to see that notifications reach them: one goes out by every channel they chose. Key: user id.</summary>
/// <param name="UserId">Whose.</param>
/// <param name="RequestId">Names the request, so that one request is one test.</param>
/// <param name="OccurredAt">When.</param>
[Message("todo.user.test-notification-requested.v1", Topics.UserEvents, Ours = true)]
public sealed record TestNotificationRequested(Guid UserId, Guid RequestId, DateTimeOffset OccurredAt);
