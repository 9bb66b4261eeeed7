using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Todo.Contracts.Tasks;
using Todo.Web.Layout;

namespace Todo.Web.Tasks;

public sealed partial class TaskList : ComponentBase
{
    /// <summary>So many rows are drawn at once; more in one go would be felt while scrolling.</summary>
    private const int ChunkSize = 20;

    /// <summary>A list of up to so many rows is not worth cutting.</summary>
    private const int Whole = 60;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);
    private readonly HeldOrder _held = new();
    private IReadOnlyList<TaskView> _rows = [];
    private ITimer? _look;
    private readonly List<TaskChunk> _chunks = [];
    private HashSet<int> _near = [0, 1, 2, 3];
    private Drawn _drawn;
    private ElementReference _container;
    private DotNetObjectReference<TaskList>? _self;
    private int _watched;
    private TaskTree _tree = TaskTree.Empty;
    private (IReadOnlyList<TaskView>? Tasks, bool Flat, long Folds) _treeOf;
    private readonly TaskCuts _cuts = new(ChunkSize);
    private (string? Label, int Chunks, string[] Words) _labels = (null, 0, []);

    [Parameter, EditorRequired]
    public IReadOnlyList<TaskView> Tasks { get; set; } = [];

    [Parameter]
    public string Label { get; set; } = "Tasks";

    [Parameter]
    public string TestId { get; set; } = "task-list";

    [Parameter]
    public bool HideDate { get; set; }

    /// <summary>Where the order is the person's own: a task, and how many places it is to move.</summary>
    [Parameter]
    public EventCallback<(TaskView Task, int Step)> OnMove { get; set; }

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    /// <summary>The chunks that are in the window or close to it.</summary>
    [JSInvokable]
    public void Near(int[] chunks)
    {
        if (_near.SetEquals(chunks))
            return;
        _near = [.. chunks];
        StateHasChanged();
    }

    /// <summary>The rows of one chunk, as they stand now.</summary>
    internal (TaskTree Rows, int From, int To) RowsOf(int chunk)
    {
        var rows = Rows();
        var (from, to) = Chunks == 0 ? (0, rows.Count) : _cuts[chunk];
        return (rows, from, to);
    }

    internal void Came(TaskChunk chunk) => _chunks.Add(chunk);

    internal void Went(TaskChunk chunk) => _chunks.Remove(chunk);

    internal Task MoveAsync(TaskView task, int step) => OnMove.InvokeAsync((task, step));

    public void Dispose()
    {
        Workspace.MoveRequested -= Move;
        Workspace.DropRequested -= Drop;
        Folds.Changed -= Redraw;
        _look?.Dispose();
        _self?.Dispose();
        GC.SuppressFinalize(this);
    }

    // Rows never jump under a pointer for somebody else's sake: they wait until it rests, leaves, or asks for them.
    protected override void OnParametersSet()
    {
        _rows = _held.Next(Tasks, Board.OwnRevision, () => Browser.IsAimedAt(_container), Board.Find);
        if (_held.Waiting > 0)
            _look ??= Time.CreateTimer(_ => _ = InvokeAsync(LookAgain), null, Patience, Patience);
    }

    // While it has as many chunks, the list stands as it is, and each of them looks for itself.
    protected override bool ShouldRender()
    {
        var now = Look();
        if (now != _drawn)
        {
            _drawn = now;
            return true;
        }

        foreach (var chunk in _chunks)
            chunk.Look();
        return false;
    }

    private Drawn Look() => new(Chunks, _near, _held.Waiting, Label, TestId, HideDate, OnMove.HasDelegate);

    private void Redraw() => _ = InvokeAsync(StateHasChanged);

    // A list that is the same object has the same rows in the same places, whatever they say now.
    private TaskTree Rows()
    {
        var of = (_rows, !Board.HasSubTasks, Folds.Revision);
        if (_treeOf == of)
            return _tree;
        _treeOf = of;
        _tree = TaskTree.Of(_rows, Board, Folds);
        if (_tree.Count > Whole)
            _cuts.Follow(_tree);
        return _tree;
    }

    // None where the list is short enough to be drawn as a whole.
    private int Chunks => Rows().Count <= Whole ? 0 : _cuts.Count;

    private string ChunkLabel(int chunk)
    {
        if (_labels.Label != Label || _labels.Chunks != Chunks)
            _labels = (Label, Chunks, new string[Chunks]);
        return _labels.Words[chunk] ??= $"{Label}, part {chunk + 1} of {Chunks}";
    }

    private void LookAgain()
    {
        if (_held.Waiting == 0 || !Browser.IsAimedAt(_container))
            Release();
    }

    private void Release()
    {
        _look?.Dispose();
        _look = null;
        _rows = _held.Next(Tasks, Board.OwnRevision, () => false, Board.Find);
        StateHasChanged();
    }

    protected override void OnInitialized()
    {
        Workspace.MoveRequested += Move;
        Workspace.DropRequested += Drop;
        Folds.Changed += Redraw;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            _drawn = Look();
        if (Chunks == _watched)
            return;
        _watched = Chunks;
        if (_watched > 0)
            await Browser.WatchChunksAsync(_container, _self ??= DotNetObjectReference.Create(this));
    }

    private void Move(Guid taskId, int step)
    {
        if (OnMove.HasDelegate && Tasks.FirstOrDefault(task => task.TaskId == taskId) is { } task)
            _ = InvokeAsync(() => OnMove.InvokeAsync((task, step)));
    }

    // Dropped before another task, or at the end: as many places as lie between them among its siblings.
    private void Drop(Guid taskId, Guid? before)
    {
        if (!OnMove.HasDelegate || Tasks.FirstOrDefault(task => task.TaskId == taskId) is not { } task)
            return;
        var siblings = Tasks.Where(other => other.ParentId == task.ParentId).ToList();
        var from = siblings.FindIndex(other => other.TaskId == taskId);
        var to = before is { } next ? siblings.FindIndex(other => other.TaskId == next) : siblings.Count;
        if (to >= 0)
            Move(taskId, (to > from ? to - 1 : to) - from);
    }

    private readonly record struct Drawn(int Chunks, HashSet<int>? Near, int Waiting, string? Label, string? TestId, bool HideDate, bool CanMove);
}
