using Todo.Web.Tasks;

namespace Todo.Web.Layout;

/// <summary>Short messages at the edge of the page, and what a screen reader is told.</summary>
public sealed class Toasts(UndoHistory undo)
{
    private readonly List<Toast> _shown = [];

    public event Action? Changed;

    public IReadOnlyList<Toast> Shown => _shown;

    /// <summary>For screen readers only: what just happened where there is nothing to see.</summary>
    public string Announcement { get; private set; } = "";

    public void Say(string text) => Show(new(text, ToastKind.Plain));

    /// <summary>Something was done that can be taken back. A newer one replaces it: Ctrl+Z still reaches the older.</summary>
    public void Undoable(string text, Undoable entry)
    {
        _shown.RemoveAll(toast => toast.Kind == ToastKind.Undo);
        Show(new(text, ToastKind.Undo) { ActionName = "Undo", Act = () => undo.UndoAsync(entry) });
    }

    public void Error(string text, Func<Task>? retry) =>
        Show(new(text, ToastKind.Error) { ActionName = retry is null ? null : "Try again", Act = retry });

    public void Show(Toast toast)
    {
        _shown.Add(toast);
        if (_shown.Count > 3)
            _shown.RemoveAt(0);
        if (toast.Kind != ToastKind.Error) // an alert speaks for itself
            Announcement = toast.Words;
        Changed?.Invoke();
    }

    public void Announce(string text)
    {
        Announcement = text;
        Changed?.Invoke();
    }

    public void Dismiss(Toast toast)
    {
        if (_shown.Remove(toast))
            Changed?.Invoke();
    }

    /// <summary>Takes away the reminders of one notification, dismissed here or elsewhere.</summary>
    public void DismissReminder(Guid notificationId)
    {
        if (_shown.RemoveAll(toast => toast.Notification?.NotificationId == notificationId) > 0)
            Changed?.Invoke();
    }
}
