using Todo.Contracts.Notifications;

namespace Todo.Web.Layout;

/// <summary>One message at the edge of the page.</summary>
public sealed class Toast(string text, ToastKind kind)
{
    public string Text => text;

    public ToastKind Kind => kind;

    public string? ActionName { get; init; }

    public Func<Task>? Act { get; init; }

    /// <summary>The reminder it shows, when it shows one.</summary>
    public NotificationView? Notification { get; init; }

    /// <summary>How long it stays; a reminder stays until somebody answers it.</summary>
    public TimeSpan? Stays => kind switch
    {
        ToastKind.Reminder or ToastKind.Notice => null,
        ToastKind.Error => TimeSpan.FromSeconds(12),
        _ => TimeSpan.FromSeconds(7),
    };
}

public enum ToastKind
{
    Plain,
    Undo,
    Error,
    Reminder,
    Notice,
}
