namespace Todo.Contracts.Users;

/// <summary>A user closed their account. Whoever keeps something about them lets go of it. Key: user id.</summary>
/// <param name="UserId">Whose.</param>
/// <param name="OccurredAt">When.</param>
[Message("todo.user.deleted.v1", Topics.UserEvents)]
public sealed record UserDeleted(Guid UserId, DateTimeOffset OccurredAt);
