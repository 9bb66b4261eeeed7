using Microsoft.AspNetCore.Components;
using Todo.Contracts.Tasks;

namespace Todo.Web.Layout;

/// <summary>What is open on this page: the detail, the quick-add sheet, the palette, the marks on rows. Nothing here is saved.</summary>
public sealed class Workspace(NavigationManager navigation)
{
    private readonly HashSet<Guid> _selected = [];
    private AddLine? _addLine;
    private (string? Uri, string Place, Guid? OpenTaskId) _read = (null, "", null);

    public event Action? Changed;

    /// <summary>Somebody wants to add a task at the top of the list on the page.</summary>
    public event Action? AddAtTopRequested;

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

    /// <summary>Counts what changed here, the address aside.</summary>
    public long Revision { get; private set; }

    /// <summary>The task whose detail is open; it is part of the address, so that Back closes it.</summary>
    public Guid? OpenTaskId => Read().OpenTaskId;

    /// <summary>The task whose title is being written in its row.</summary>
    public Guid? EditingTaskId { get; private set; }

    /// <summary>The line for new tasks that stands among the rows of this page, if one is open.</summary>
    public AddLine? AddLine => _addLine is { } line && line.Place == Place ? line : null;

    public void Open(Overlay overlay, CreateTaskRequest? seed = null)
    {
        (Overlay, Seed) = (overlay, seed ?? new());
        Tell();
    }

    public void Close()
    {
        Overlay = Overlay.None;
        Tell();
    }

    public void ToggleSidebar()
    {
        SidebarHidden = !SidebarHidden;
        Tell();
    }

    public void EditTitle(Guid? taskId)
    {
        EditingTaskId = taskId;
        Tell();
    }

    /// <summary>Opens a line for new tasks above or below one that is there.</summary>
    public void AddBeside(Guid taskId, bool above)
    {
        _addLine = new(Place, [taskId], above);
        Tell();
    }

    /// <summary>A task is about to come where the line stands: it will stand before the line.</summary>
    public void GoesBeforeLine(Guid taskId)
    {
        _addLine = _addLine is { } line ? line with { Tasks = [.. line.Tasks, taskId] } : null;
        Tell();
    }

    public void CloseAddLine()
    {
        _addLine = null;
        Tell();
    }

    public void RequestAddAtTop() => AddAtTopRequested?.Invoke();

    public void RequestMove(Guid taskId, int step) => MoveRequested?.Invoke(taskId, step);

    public void RequestDrop(Guid taskId, Guid? before) => DropRequested?.Invoke(taskId, before);

    public bool IsSelected(Guid taskId) => _selected.Contains(taskId);

    public void ToggleSelected(Guid taskId)
    {
        if (!_selected.Remove(taskId))
            _selected.Add(taskId);
        Tell();
    }

    public void Select(IEnumerable<Guid> taskIds)
    {
        _selected.UnionWith(taskIds);
        Tell();
    }

    public void ClearSelection()
    {
        if (_selected.Count == 0)
            return;
        _selected.Clear();
        Tell();
    }

    public string TaskAddress(Guid taskId) => navigation.GetUriWithQueryParameter("task", taskId.ToString());

    /// <summary>An address of a task to give away: in its project, or the inbox.</summary>
    public string LinkTo(TaskView task) => navigation.ToAbsoluteUri($"{(task.ProjectId is { } project ? $"projects/{project}" : "inbox")}?task={task.TaskId}").ToString();

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
    public string Place => Read().Place;

    // Every row asks, so an address is taken apart once.
    private (string? Uri, string Place, Guid? OpenTaskId) Read()
    {
        var uri = navigation.Uri;
        if (!ReferenceEquals(uri, _read.Uri))
            _read = (uri, navigation.ToBaseRelativePath(uri).Split('?', '#')[0], Guid.TryParse(Query("task"), out var id) ? id : null);
        return _read;
    }

    private void Tell()
    {
        Revision++;
        Changed?.Invoke();
    }
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
        services.AddSingleton<Workspace>().AddSingleton<Toasts>().AddSingleton<PaletteSearch>();
}
