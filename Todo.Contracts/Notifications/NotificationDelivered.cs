namespace Todo.Contracts.Notifications;

/// <summary>A notification reached a user's list. Key: user id.</summary>
/// <param name="NotificationId">Which.</param>
/// <param name="UserId">Whose.</param>
/// <param name="Notification">The entry itself.</param>
/// <param name="OccurredAt">When.</param>
[Message("todo.notification.delivered.v1", Topics.Notifications)]
public sealed record NotificationDelivered(
    Guid NotificationId,
    Guid UserId,
    NotificationView Notification,
    DateTimeOffset OccurredAt);
