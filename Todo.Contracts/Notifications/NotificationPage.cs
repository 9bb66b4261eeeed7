namespace Todo.Contracts.Notifications;

/// <summary>What is under the bell, newest first; dismissed entries are gone.</summary>
/// <param name="Items">The entries.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
/// <param name="Unread">How many there are in all.</param>
public sealed record NotificationPage(IReadOnlyList<NotificationView> Items, string? Next, int Unread);
