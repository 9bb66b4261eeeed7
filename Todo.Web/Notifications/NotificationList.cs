using Todo.Contracts.Notifications;
using Todo.Web.Http;
using Todo.Web.Layout;
using Todo.Web.Live;

namespace Todo.Web.Notifications;

/// <summary>What is under the bell: reminders that came and were not yet dismissed, on any device.</summary>
public sealed class NotificationList
{
    private readonly Dictionary<Guid, NotificationView> _items = [];
    private readonly Dictionary<Guid, NotificationView?> _meanwhile = [];
    private readonly OneAtATime _loading;
    private readonly Api _api;
    private readonly Toasts _toasts;
    private readonly Browser _browser;

    public NotificationList(Api api, Toasts toasts, Browser browser)
    {
        (_api, _toasts, _browser) = (api, toasts, browser);
        _loading = new(ReadAsync);
    }

    public event Action? Changed;

    public IReadOnlyList<NotificationView> Items { get; private set; } = [];

    public int Unread => Items.Count;

    public Task LoadAsync() => _loading.RunAsync();

    /// <summary>A reminder came over the live feed; one that is known already says nothing again.</summary>
    public void Receive(NotificationView notification)
    {
        _meanwhile[notification.NotificationId] = notification;
        if (!_items.TryAdd(notification.NotificationId, notification))
            return;
        _toasts.Show(new(notification.Title, ToastKind.Reminder) { Notification = notification });
        _ = _browser.NotifyAsync(notification.Title, notification.NotificationId.ToString());
        Tell();
    }

    /// <summary>Somebody dealt with it, here or on another device.</summary>
    public void Remove(Guid notificationId)
    {
        _meanwhile[notificationId] = null;
        _toasts.DismissReminder(notificationId);
        _ = _browser.UnnotifyAsync(notificationId.ToString());
        if (_items.Remove(notificationId))
            Tell();
    }

    public async Task DismissAsync(Guid notificationId)
    {
        Remove(notificationId);
        await _api.SendAsync(HttpMethod.Post, $"notifications/{notificationId}/dismiss", null, Guid.NewGuid().ToString());
    }

    public async Task DismissAllAsync()
    {
        foreach (var id in _items.Keys.ToList())
            Remove(id);
        await _api.SendAsync(HttpMethod.Post, "notifications/dismiss-all", null, Guid.NewGuid().ToString());
    }

    public void Clear()
    {
        _items.Clear();
        Tell();
    }

    // An answer says how things stood when it was read: what was pushed or dismissed meanwhile is newer.
    private async Task ReadAsync()
    {
        _meanwhile.Clear();
        var answer = await _api.GetAsync<NotificationPage>("notifications");
        if (answer.Value is not { } page)
            return;
        _items.Clear();
        foreach (var item in page.Items.Where(item => !_meanwhile.ContainsKey(item.NotificationId)).Concat(_meanwhile.Values.OfType<NotificationView>()))
            _items[item.NotificationId] = item;
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
