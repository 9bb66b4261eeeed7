using Todo.Contracts.Notifications;

namespace Todo.Contracts.Live;

/// <summary>What the hub says to a browser. A push is a courtesy: the truth is always one GET away.</summary>
public interface ITaskHubClient
{
    /// <summary>A task changed.</summary>
    Task TaskChanged(TaskChanged change);

    /// <summary>Projects, sections, labels or filters, or how lists are shown, changed: read them again.</summary>
    Task ListsChanged(ListsChanged change);

    /// <summary>Something may have been said before you came: ask for changes, lists and notifications again.</summary>
    Task AskAgain();

    /// <summary>A notification arrived.</summary>
    Task NotificationDelivered(NotificationView notification);

    /// <summary>A notification was dismissed on some device.</summary>
    Task NotificationDismissed(Guid notificationId);
}
