using Todo.Contracts.Notifications;
using Todo.Web.Http;
using Todo.Web.Layout;

namespace Todo.Web.Notifications;

/// <summary>What is under the bell: reminders that came and were not yet dismissed, on any device.</summary>
public sealed class NotificationList(Api api, Toasts toasts, Browser browser)
{
    private readonly Dictionary<Guid, NotificationView> _items = [];

    public event Action? Changed;

    public IReadOnlyList<NotificationView> Items { get; private set; } = [];

    public int Unread => Items.Count;

    public async Task LoadAsync()
    {
        var answer = await api.GetAsync<NotificationPage>("notifications");
        if (answer.Value is not { } page)
            return;
        _items.Clear();
        foreach (var item in page.Items)
            _items[item.NotificationId] = item;
        Tell();
    }

    /// <summary>A reminder came over the live feed; one that is known already says nothing again.</summary>
    public void Receive(NotificationView notification)
    {
        if (!_items.TryAdd(notification.NotificationId, notification))
            return;
        toasts.Show(new(notification.Title, ToastKind.Reminder) { Notification = notification });
        _ = browser.NotifyAsync(notification.Title, notification.NotificationId.ToString());
        Tell();
    }

    /// <summary>Somebody dealt with it, here or on another device.</summary>
    public void Remove(Guid notificationId)
    {
        toasts.DismissReminder(notificationId);
        _ = browser.UnnotifyAsync(notificationId.ToString());
        if (_items.Remove(notificationId))
            Tell();
    }

    public async Task DismissAsync(Guid notificationId)
    {
        Remove(notificationId);
        await api.SendAsync(HttpMethod.Post, $"notifications/{notificationId}/dismiss", null, Guid.NewGuid().ToString());
    }

    public async Task DismissAllAsync()
    {
        foreach (var id in _items.Keys.ToList())
            Remove(id);
        await api.SendAsync(HttpMethod.Post, "notifications/dismiss-all", null, Guid.NewGuid().ToString());
    }

    public void Clear()
    {
        _items.Clear();
        Tell();
    }

    private void Tell()
    {
        Items = [.. _items.Values.OrderByDescending(item => item.DeliveredAt)];
        Changed?.Invoke();
    }
}

internal static class NotificationServices
{
    public static IServiceCollection AddNotifications(this IServiceCollection services) => services.AddSingleton<NotificationList>();
}
