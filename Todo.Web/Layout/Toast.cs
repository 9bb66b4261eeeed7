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

    /// <summary>What a screen reader is told of it: there, nothing can be seen coming up at the edge.</summary>
    public string Words => Notification is { } reminder ? $"Reminder: {reminder.Title}" : ActionName is null ? text : $"{text}. {ActionName} available.";

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
