namespace Todo.Contracts.Users;

/// <summary>Somebody followed the link in a mail that says "no more of these". Key: user id.</summary>
/// <param name="UserId">Whose mails.</param>
/// <param name="Proof">What the link carried; Workers, who made it, check it.</param>
/// <param name="OccurredAt">When.</param>
[Message("todo.user.email-unsubscribed.v1", Topics.UserEvents, Ours = true)]
public sealed record EmailUnsubscribed(Guid UserId, string Proof, DateTimeOffset OccurredAt);
