using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Todo.Contracts.Lists;
using Todo.Contracts.Tasks;
using Todo.Web.Dates;
using Todo.Web.Labels;
using Todo.Web.Layout;
using Todo.Web.Live;
using Todo.Web.Projects;

namespace Todo.Web.Tasks;

/// <summary>What every page of tasks has: the board, drawn anew when it changes.</summary>
public abstract class TaskPageBase : ComponentBase, IDisposable
{
    private readonly Dictionary<object, object> _parts = [];

    [Inject]
    protected TaskBoard Board { get; set; } = default!;

    [Inject]
    protected TaskActions Actions { get; set; } = default!;

    [Inject]
    protected UserClock Clock { get; set; } = default!;

    [Inject]
    protected Workspace Workspace { get; set; } = default!;

    [Inject]
    protected LiveFeed Feed { get; set; } = default!;

    [Inject]
    protected ProjectBoard Projects { get; set; } = default!;

    [Inject]
    protected LabelBoard Labels { get; set; } = default!;

    [Inject]
    protected ViewChoices Views { get; set; } = default!;

    [Inject]
    private NavigationManager Address { get; set; } = default!;

    [Inject]
    protected Browser Browser { get; set; } = default!;

    [Inject]
    protected Toasts Toasts { get; set; } = default!;

    /// <summary>How this person wants this page shown.</summary>
    protected ViewChoice Choice => Views.Of(Workspace.Place);

    public void Dispose()
    {
        Views.Changed -= Redraw;
        Board.Changed -= Redraw;
        Projects.Changed -= Redraw;
        Labels.Changed -= Redraw;
        Address.LocationChanged -= Moved;
        Workspace.Changed -= Redraw;
        Workspace.ClearSelection();
        Leave();
        GC.SuppressFinalize(this);
    }

    protected override void OnInitialized()
    {
        Views.Changed += Redraw;
        Board.Changed += Redraw;
        Projects.Changed += Redraw;
        Labels.Changed += Redraw;
        Address.LocationChanged += Moved;
        Workspace.Changed += Redraw;
    }

    /// <summary>What a page itself has to let go of when it is left.</summary>
    protected virtual void Leave()
    {
    }

    // Month or week, list or board are part of the address: Back changes them without a new page.
    private void Moved(object? sender, LocationChangedEventArgs e) => Redraw();

    protected void Redraw() => _ = InvokeAsync(StateHasChanged);

    /// <summary>The open tasks of this page in the order chosen for it, with those just completed still in their place.</summary>
    /// <param name="wanted">Which tasks; looks at one task and at <paramref name="by"/>, at nothing else that changes.</param>
    /// <param name="by">What the question depends on: while it is equal, the last answer is brought up to date instead of found anew.</param>
    protected IReadOnlyList<TaskView> Tasks(Func<TaskView, bool> wanted, object by) => Tasks(wanted, by, Choice.Sort);

    protected IReadOnlyList<TaskView> Tasks(Func<TaskView, bool> wanted, object by, Sorting sort) => Parts(wanted, static _ => 0, by, sort)[0];

    /// <summary>The same in parts, such as days or sections.</summary>
    protected TaskParts<TKey> Parts<TKey>(Func<TaskView, bool> wanted, Func<TaskView, TKey> keyOf, object by, Sorting sort) where TKey : notnull =>
        Known((by, sort, Clock.Zone), () => new TaskParts<TKey>(Board, Open(wanted), keyOf, TaskOrder.Of(sort, Clock)));

    /// <summary>The same as this person wants it grouped; without grouping, one group of all. With <c>empty</c> groups as well that hold nothing, so that something can be put there.</summary>
    protected IReadOnlyList<TaskGroup> Groups(Func<TaskView, bool> wanted, object by, Sorting sort, bool empty = false)
    {
        var group = Choice.Group;
        var parts = Known(
            (by, sort, Clock.Zone, group, Clock.Today, Projects.Revision),
            () => new TaskParts<string>(Board, Open(wanted), TaskGroups.KeysOf(group, Clock, Projects), TaskOrder.Of(sort, Clock), StringComparer.OrdinalIgnoreCase));
        return TaskGroups.Of(parts, group, Clock, Projects, empty);
    }

    protected IReadOnlyList<TaskGroup> Groups(Func<TaskView, bool> wanted, object by) => Groups(wanted, by, Choice.Sort);

    private T Known<T>(object question, Func<T> find) where T : notnull
    {
        if (_parts.TryGetValue(question, out var known))
            return (T)known;
        if (_parts.Count > 5)
            _parts.Clear(); // another day, another project: the old questions will not be asked again
        var found = find();
        _parts[question] = found;
        return found;
    }

    private Func<TaskView, bool> Open(Func<TaskView, bool> wanted) =>
        task => task.DeletedAt is null && (task.State == TaskState.Open || Actions.Lingers(task.TaskId)) && wanted(task);

    /// <summary>Moves a task some places up or down among the tasks it is shown with.</summary>
    protected async Task MoveAsync(IReadOnlyList<TaskView> list, TaskView task, int step)
    {
        var siblings = list.Where(other => other.ParentId == task.ParentId).ToList();
        var from = siblings.FindIndex(other => other.TaskId == task.TaskId);
        var to = Math.Clamp(from + step, 0, siblings.Count - 1);
        if (from < 0 || from == to)
            return;

        siblings.RemoveAt(from);
        var (above, below) = (to == 0 ? null : siblings[to - 1].Order, to == siblings.Count ? null : siblings[to].Order);
        if (above is not null && below is not null && string.CompareOrdinal(above, below) >= 0)
            return; // two of one rank have nothing between them
        var order = OrderKey.Between(above, below);
        var moving = Actions.EditAsync(task.TaskId, moved => moved with { Order = order });
        Toasts.Announce($"{task.Title}, moved to {to + 1} of {siblings.Count + 1}");
        await Browser.FocusRowAsync(task.TaskId);
        await moving;
    }
}
