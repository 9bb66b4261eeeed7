using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Todo.Contracts.Tasks;

namespace Todo.Web.Tasks;

public sealed partial class TaskDetail : ComponentBase, IDisposable
{
    // What is being typed; null means that the board's text is shown. Changes from elsewhere never replace it.
    private TitleEdit? _title;
    private string? _notes;
    private bool _writing;
    private bool _missing;
    private Guid _shown;
    private Guid _entered;
    private ElementReference _panel;

    [Parameter, EditorRequired]
    public Guid TaskId { get; set; }

    public void Dispose()
    {
        _ = Browser.LeaveDetailAsync(_shown);
        Board.Changed -= Redraw;
        GC.SuppressFinalize(this);
    }

    protected override void OnInitialized() => Board.Changed += Redraw;

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == TaskId)
            return;
        (_shown, _title, _notes, _writing, _missing) = (TaskId, null, null, false, false);
        if (Board.Find(TaskId) is not null)
            return;

        // An address from elsewhere, or a task that no list has brought yet.
        var answer = await Client.GetAsync(TaskId);
        if (answer.Value is { } task)
            Board.Receive(task);
        _missing = answer.Value is null;
    }

    // Whoever opens a task is in it, and closing it leads back to its row.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_entered == TaskId)
            return;
        _entered = TaskId;
        await Browser.EnterDetailAsync(_panel);
    }

    private void Redraw() => _ = InvokeAsync(StateHasChanged);

    private string Where(TaskView task) => task.State switch
    {
        TaskState.Completed => "Completed",
        TaskState.Archived => "Archived",
        _ => Projects.Find(task.ProjectId)?.Name ?? "Inbox",
    };

    private Task TickAsync(TaskView task) =>
        task.State == TaskState.Completed ? Actions.ReopenAsync(TaskId) : Actions.CompleteAsync(TaskId);

    private async Task DeleteAsync(TaskView task)
    {
        Workspace.CloseTask();
        await Actions.DeleteAsync([task.TaskId]);
    }

    private async Task SaveTitleAsync(TaskView task)
    {
        var edit = _title;
        _title = null;
        if (edit is not null)
            await edit.SaveAsync(task);
    }

    // Dates, labels and the like are read out of what is typed, as in quick add; not out of what stood there.
    private void TypeTitle(TaskView task, string? text)
    {
        if (_title is null)
            (_title = new(Clock, Preferences, Projects, Actions)).Begin(task.Title);
        _title.Type(text ?? "");
    }

    private void TitleKey(KeyboardEventArgs e)
    {
        if (e.Key == "Escape" && _title?.LeaveAll() != true)
            _title = null;
    }

    private async Task SaveNotesAsync(TaskView task)
    {
        var notes = _notes;
        _notes = null;
        if (notes is not null && notes != (task.Notes ?? ""))
            await Actions.EditAsync(TaskId, t => t with { Notes = notes.Length == 0 ? null : notes });
    }

    private void TakeUp(TaskView wanted)
    {
        Actions.Refused.Remove(TaskId);
        (_title = new(Clock, Preferences, Projects, Actions)).Begin(wanted.Title);
        _notes = wanted.Notes;
        _writing = wanted.Notes is not null;
    }

    private Task CopyLinkAsync(TaskView task)
    {
        Toasts.Say("Link copied");
        return Browser.CopyAsync(Workspace.LinkTo(task));
    }

    private async Task DuplicateAsync(TaskView task)
    {
        if (await Actions.DuplicateAsync(task.TaskId) is { } copy)
            Workspace.OpenTask(copy);
    }
}
