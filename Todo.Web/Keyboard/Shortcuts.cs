using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Todo.Web.Layout;
using Todo.Web.Settings;
using Todo.Web.Tasks;

namespace Todo.Web.Keyboard;

/// <summary>Every key the page listens to, once: what JavaScript listens for, what happens, and what the overlay says.</summary>
public sealed class Shortcuts : IDisposable
{
    private readonly Workspace _workspace;
    private readonly TaskActions _actions;
    private readonly TaskBoard _board;
    private readonly TaskMoves _moves;
    private readonly Folds _folds;
    private readonly PreferenceStore _preferences;
    private readonly Browser _browser;
    private readonly UndoHistory _undo;
    private readonly Toasts _toasts;
    private readonly NavigationManager _navigation;
    private readonly DotNetObjectReference<Shortcuts> _self;

    public Shortcuts(
        Workspace workspace, TaskActions actions, TaskBoard board, TaskMoves moves, Folds folds, PreferenceStore preferences, Browser browser, UndoHistory undo, Toasts toasts, NavigationManager navigation)
    {
        (_workspace, _actions, _board, _moves, _folds, _preferences, _browser, _undo, _toasts, _navigation) = (workspace, actions, board, moves, folds, preferences, browser, undo, toasts, navigation);
        _self = DotNetObjectReference.Create(this);
        All =
        [
            .. Anywhere(), .. Going(), .. OnTask(),
        ];
    }

    public IReadOnlyList<Shortcut> All { get; }

    /// <summary>Keys of a title being written in its row: the row itself hears them, and the overlay says them.</summary>
    public static IReadOnlyList<(string Keys, string Words)> Writing { get; } =
    [
        ("Enter", "Save"),
        ("Shift+Enter", "Save, add a task below"),
        ("Ctrl+Enter", "Save, add a task above"),
        ("Ctrl+ArrowDown", "Save, edit the next title"),
        ("Ctrl+ArrowUp", "Save, edit the previous title"),
        ("Escape", "Leave it as it was"),
    ];

    public Task ListenAsync() => _browser.ListenAsync(_self, All.SelectMany(shortcut => shortcut.Keys.Split(", ")));

    [JSInvokable]
    public Task PressAsync(string keys, string? taskId)
    {
        var shortcut = All.FirstOrDefault(shortcut => shortcut.Keys.Split(", ").Contains(keys));
        return shortcut?.Act(Guid.TryParse(taskId, out var id) ? id : null) ?? Task.CompletedTask;
    }

    public void Dispose() => _self.Dispose();

    private IEnumerable<Shortcut> Anywhere()
    {
        const string Group = "Anywhere";
        yield return new("q", Group, "Add a task", _ => Open(Overlay.QuickAdd));
        yield return new("Ctrl+k", Group, "Find anything", _ => Open(Overlay.Palette));
        yield return new("/, f", Group, "Search", _ => Go("search"));
        yield return new("?", Group, "Show these keys", _ => Open(Overlay.Keys));
        yield return new("m", Group, "Hide or show the sidebar", _ => Do(_workspace.ToggleSidebar));
        yield return new("z, u, Ctrl+z", Group, "Undo", _ => UndoAsync());
        yield return new("Escape", Group, "Close, deselect", _ => Do(Escape));
        yield return new("j, ArrowDown", Group, "Next task", _ => _browser.MoveRowAsync(1));
        yield return new("k, ArrowUp", Group, "Previous task", _ => _browser.MoveRowAsync(-1));
        yield return new("ArrowRight", Group, "Board: next column", _ => _browser.MoveLaneAsync(1));
        yield return new("ArrowLeft", Group, "Board: previous column", _ => _browser.MoveLaneAsync(-1));
        yield return new("a", Group, "Add a task to this list", _ => AddHereAsync());
        yield return new("Shift+a", Group, "Add a task at the top of this list", _ => Do(_workspace.RequestAddAtTop));
        yield return new("s", Group, "Add a section to this project", _ => _browser.ClickAsync("[data-testid=add-section]"));
        yield return new("Shift+v", Group, "List or board, month or week", _ => _browser.ClickAsync(".page-head .segments button:not(.on)"));
        yield return new("Shift+ArrowLeft", Group, "Calendar: a month or week back", _ => _browser.ClickAsync("[data-testid=calendar-earlier]"));
        yield return new("Shift+ArrowRight", Group, "Calendar: a month or week on", _ => _browser.ClickAsync("[data-testid=calendar-later]"));
        yield return new("w", Group, "Menu of this project", _ => _browser.ClickAsync(".page-head [data-testid=project-menu]"));
        yield return new(",", Group, "To what can be done with the selected", _ => _browser.FocusAsync("[data-testid=selection-bar] button"));
        yield return new("o t", Group, "Light or dark", _ => _preferences.SaveAsync(_preferences.Current with { Theme = _preferences.Current.Theme == "dark" ? "light" : "dark" }));
    }

    private IEnumerable<Shortcut> Going()
    {
        const string Group = "Go to";
        yield return new("g i", Group, "Inbox", _ => Go("inbox"));
        yield return new("h, g h, g t", Group, "Today", _ => Go("today"));
        yield return new("g u", Group, "Upcoming", _ => Go("upcoming"));
        yield return new("g p", Group, "Projects", _ => Go("projects"));
        yield return new("g c", Group, "Calendar", _ => Go("calendar"));
        yield return new("g v", Group, "Filters", _ => Go("filters"));
        yield return new("g l", Group, "Labels", _ => Go("labels"));
        yield return new("g d", Group, "Completed", _ => Go("completed"));
        yield return new("g a", Group, "Activity", _ => Go("activity"));
        yield return new("g n", Group, "Notifications", _ => Go("notifications"));
        yield return new("g s", Group, "Settings", _ => Go("settings"));
    }

    private IEnumerable<Shortcut> OnTask()
    {
        const string Group = "On a task";
        yield return new("e", Group, "Complete", On(async id =>
        {
            await _browser.LeaveRowsAsync(Chosen(id));
            await _actions.CompleteAsync(Chosen(id));
            _workspace.ClearSelection();
        }));
        yield return new("t", Group, "Change its date", On(DateAsync));
        yield return new("Shift+t", Group, "Take its date away", On(id => _actions.EditAsync(Chosen(id), t => t with { Due = null, Recurrence = null }, "Date removed")));
        for (var n = 1; n <= 4; n++)
        {
            var priority = n;
            yield return new($"{n}", Group, n == 4 ? "No priority" : $"Priority {n}", On(id => _actions.EditAsync(Chosen(id), t => t with { Priority = priority })));
        }

        yield return new("Ctrl+e", Group, "Edit its title", EditAsync);
        yield return new("Shift+e", Group, "Fold or show its sub-tasks", On(id => _board.Progress(id).All > 0 ? _folds.ToggleAsync(id) : Task.CompletedTask));
        yield return new("l", Group, "Labels", On(id => OpenAsync(id, "[data-testid=detail-labels]")));
        yield return new("d", Group, "Deadline", On(id => OpenAsync(id, "#detail-deadline")));
        yield return new("Shift+d", Group, "Take its deadline away", On(id => _actions.EditAsync(Chosen(id), t => t with { Deadline = null }, "Deadline removed")));
        yield return new("Shift+Ctrl+c", Group, "Copy a link to it", On(CopyLinkAsync));
        yield return new("v", Group, "Move to a project", On(MoveToAsync));
        yield return new("Shift+g", Group, "Go to its project", On(id => Go(_board.Find(id)?.ProjectId is { } project ? $"projects/{project}" : "inbox")));
        yield return new("x", Group, "Select", On(id => Do(() => _workspace.ToggleSelected(id))));
        yield return new("y", Group, "Pick its priority", On(id => _browser.ClickInRowAsync(id, "menu")));
        yield return new(".", Group, "More", On(id => _browser.ClickInRowAsync(id, "menu")));
        yield return new("Alt+ArrowUp", Group, "Move up; on the calendar, a day earlier", On(id => MoveAsync(id, -1)));
        yield return new("Alt+ArrowDown", Group, "Move down; on the calendar, a day later", On(id => MoveAsync(id, 1)));
        yield return new("Ctrl+], Alt+Shift+ArrowRight, Shift+Alt+ArrowRight", Group, "Make it part of the task above", On(_moves.IndentAsync));
        yield return new("Ctrl+[, Alt+Shift+ArrowLeft, Shift+Alt+ArrowLeft", Group, "Move it out one level", On(_moves.OutdentAsync));
        yield return new("Delete, Shift+Delete", Group, "Delete", On(async id =>
        {
            await _browser.LeaveRowsAsync(Chosen(id));
            await _actions.DeleteAsync(Chosen(id));
            _workspace.ClearSelection();
        }));
    }

    private Func<Guid?, Task> On(Func<Guid, Task> act) => id => (id ?? FirstSelected() ?? _workspace.OpenTaskId) is { } task ? act(task) : Task.CompletedTask;

    private Guid? FirstSelected() => _workspace.Selected.Count > 0 ? _workspace.Selected.First() : null;

    // What is selected, where something is; else the task with the focus.
    private IReadOnlyCollection<Guid> Chosen(Guid id) => _workspace.Selected.Count > 0 ? [.. _workspace.Selected] : [id];

    private Task Open(Overlay overlay) => Do(() => _workspace.Open(overlay));

    private Task Go(string place) => Do(() => _navigation.NavigateTo(place));

    private static Task Do(Action act)
    {
        act();
        return Task.CompletedTask;
    }

    private async Task UndoAsync()
    {
        var undone = await _undo.UndoAsync();
        _toasts.Say(undone is null ? "Nothing to undo" : $"Undone: {undone}");
    }

    private async Task AddHereAsync() => await _browser.ClickAsync("[data-add-here]");

    private void Escape()
    {
        if (_workspace.Selected.Count > 0)
            _workspace.ClearSelection();
        else if (_workspace.OpenTaskId is not null)
            _workspace.CloseTask();
    }

    // In its row; where it has none that can be written in, or its detail is open, in the detail.
    private async Task EditAsync(Guid? id)
    {
        if (id is not { } task || _workspace.OpenTaskId == task || !await _browser.ClickInRowAsync(task, "edit"))
            await On(open => OpenAsync(open, "[data-testid=detail-title]"))(id);
    }

    // Where a task is only a bar, as on the calendar, its detail has the date.
    private async Task DateAsync(Guid id)
    {
        if (await _browser.ClickInRowAsync(id, "due"))
            return;
        _workspace.OpenTask(id);
        await _browser.ClickSoonAsync("[data-testid=detail] [data-part=due]");
    }

    private Task CopyLinkAsync(Guid id)
    {
        if (_board.Find(id) is not { } task)
            return Task.CompletedTask;
        _toasts.Say("Link copied");
        return _browser.CopyAsync(_workspace.LinkTo(task));
    }

    private async Task OpenAsync(Guid id, string field)
    {
        _workspace.OpenTask(id);
        await _browser.FocusSoonAsync(field);
    }

    private async Task MoveToAsync(Guid id)
    {
        if (_workspace.Selected.Count > 0)
        {
            await _browser.ClickAsync("[data-testid=bulk-move]");
            return;
        }

        await _browser.ClickInRowAsync(id, "menu");
        await _browser.ClickSoonAsync("[data-testid=move-to]");
    }

    private Task MoveAsync(Guid id, int step) => Do(() => _workspace.RequestMove(id, step));
}

internal static class KeyboardServices
{
    public static IServiceCollection AddKeyboard(this IServiceCollection services) => services.AddSingleton<Shortcuts>();
}
