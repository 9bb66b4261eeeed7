using Microsoft.AspNetCore.Components;
using Todo.Contracts.Tasks;

namespace Todo.Web.Layout;

/// <summary>What is open on this page: the detail, the quick-add sheet, the palette, the marks on rows. Nothing here is saved.</summary>
public sealed class Workspace(NavigationManager navigation)
{
    private readonly HashSet<Guid> _selected = [];

    public event Action? Changed;

    /// <summary>Somebody wants to move a task by keys; the list that shows it knows what order means there.</summary>
    public event Action<Guid, int>? MoveRequested;

    /// <summary>Somebody dropped a task before another in its list; before none means at the end.</summary>
    public event Action<Guid, Guid?>? DropRequested;

    /// <summary>Which overlay is open, if any.</summary>
    public Overlay Overlay { get; private set; }

    /// <summary>What quick add starts with: the date of the view, the project, the text that was refused.</summary>
    public CreateTaskRequest Seed { get; private set; } = new();

    public bool SidebarHidden { get; private set; }

    public IReadOnlyCollection<Guid> Selected => _selected;

    /// <summary>The task whose detail is open; it is part of the address, so that Back closes it.</summary>
    public Guid? OpenTaskId => Guid.TryParse(Query("task"), out var id) ? id : null;

    public void Open(Overlay overlay, CreateTaskRequest? seed = null)
    {
        (Overlay, Seed) = (overlay, seed ?? new());
        Changed?.Invoke();
    }

    public void Close()
    {
        Overlay = Overlay.None;
        Changed?.Invoke();
    }

    public void ToggleSidebar()
    {
        SidebarHidden = !SidebarHidden;
        Changed?.Invoke();
    }

    public void RequestMove(Guid taskId, int step) => MoveRequested?.Invoke(taskId, step);

    public void RequestDrop(Guid taskId, Guid? before) => DropRequested?.Invoke(taskId, before);

    public bool IsSelected(Guid taskId) => _selected.Contains(taskId);

    public void ToggleSelected(Guid taskId)
    {
        if (!_selected.Remove(taskId))
            _selected.Add(taskId);
        Changed?.Invoke();
    }

    public void Select(IEnumerable<Guid> taskIds)
    {
        _selected.UnionWith(taskIds);
        Changed?.Invoke();
    }

    public void ClearSelection()
    {
        if (_selected.Count == 0)
            return;
        _selected.Clear();
        Changed?.Invoke();
    }

    public string TaskAddress(Guid taskId) => navigation.GetUriWithQueryParameter("task", taskId.ToString());

    public void OpenTask(Guid taskId) => navigation.NavigateTo(TaskAddress(taskId));

    public void CloseTask() => navigation.NavigateTo(navigation.GetUriWithQueryParameter("task", (string?)null));

    public string? Query(string name)
    {
        foreach (var pair in new Uri(navigation.Uri).Query.TrimStart('?').Split('&'))
        {
            if (pair.Split('=', 2) is [var key, var value] && key == name)
                return Uri.UnescapeDataString(value.Replace('+', ' '));
        }

        return null;
    }

    /// <summary>The first part of the path: today, inbox, …</summary>
    public string Place => navigation.ToBaseRelativePath(navigation.Uri).Split('?', '#')[0];
}

/// <summary>What lies over the page.</summary>
public enum Overlay
{
    None,
    QuickAdd,
    Palette,
    Keys,
    Menu,
}

internal static class LayoutServices
{
    public static IServiceCollection AddLayout(this IServiceCollection services) =>
        services.AddSingleton<Workspace>().AddSingleton<Toasts>();
}
