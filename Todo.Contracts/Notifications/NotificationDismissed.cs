namespace Todo.Contracts.Notifications;

/// <summary>A user is done with a notification, on every device. Key: user id.</summary>
/// <param name="NotificationId">Which.</param>
/// <param name="UserId">Whose.</param>
/// <param name="OccurredAt">When.</param>
[Message("todo.notification.dismissed.v1", Topics.Notifications)]
public sealed record NotificationDismissed(
    Guid NotificationId,
    Guid UserId,
    DateTimeOffset OccurredAt);
