using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Todo.Contracts.QuickAdd;
using Todo.Contracts.Reminders;
using Todo.Contracts.Tasks;
using Todo.Web.Dates;
using Todo.Web.Labels;
using Todo.Web.Layout;
using Todo.Web.Projects;
using Todo.Web.Settings;

namespace Todo.Web.Tasks;

/// <summary>One line that becomes a task. What is read out of it shows as chips at every letter; a chip sent away stays in the title.</summary>
public sealed partial class QuickAdd : ComponentBase, IDisposable
{
    private const string Hint = "Water the plants every monday 18:00 p2 @home";
    private readonly string _understoodId = $"u{Guid.NewGuid():N}";
    private readonly string _suggestionsId = $"s{Guid.NewGuid():N}";
    private ElementReference _line;
    private Popover? _due;
    private Popover? _priority;
    private Popover? _projects;
    private Popover? _more;
    private readonly List<Guid> _added = [];
    private (Guid? Project, Guid? Section)? _place;
    private IReadOnlyList<string> _labels = [];
    private QuickSuggestions _suggested = QuickSuggestions.None;
    private int _at;
    private bool _chosen;
    private CreateTaskRequest _picked = new();
    private TypedLine _typed = default!;
    private string? _problem;
    private bool _closed;

    [Inject]
    private TaskActions Actions { get; set; } = default!;

    [Inject]
    private Workspace Workspace { get; set; } = default!;

    [Inject]
    private UserClock Clock { get; set; } = default!;

    [Inject]
    private Toasts Toasts { get; set; } = default!;

    [Inject]
    private ProjectBoard Projects { get; set; } = default!;

    [Inject]
    private LabelBoard Labels { get; set; } = default!;

    [Inject]
    private TaskBoard Board { get; set; } = default!;

    [Inject]
    private PreferenceStore Preferences { get; set; } = default!;

    /// <summary>What the place asks for: the day of the list, the project.</summary>
    [Parameter]
    public CreateTaskRequest Seed { get; set; } = new();

    /// <summary>Where in the person's order the next task goes; without it, or where it says null, to the end.</summary>
    [Parameter]
    public Func<string?>? Place { get; set; }

    /// <summary>Told the id of a task just before it is on the board.</summary>
    [Parameter]
    public Action<Guid>? OnAdding { get; set; }

    /// <summary>True where what was added need not be in sight: closing says where it went.</summary>
    [Parameter]
    public bool Says { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    private string Text => _typed.Text;

    private QuickAddResult Said => _typed.Said;

    // Picked by hand counts most, then what was typed, then what the place asks for.
    private Due? Due => _picked.Due ?? Said.Due ?? Seed.Due;

    private int Priority => _picked.Priority is var picked and < 4 ? picked : Said.Priority < 4 ? Said.Priority : Seed.Priority;

    private string? HomeName => _place is { } picked ? Projects.Find(picked.Project)?.Name : Said.Project ?? Projects.Find(Seed.ProjectId)?.Name;

    public void Dispose()
    {
        _closed = true;
        if (_added.Select(Board.Find).OfType<TaskView>().ToList() is not [.., var last] added)
            return;
        var home = Projects.Find(last.ProjectId)?.Name ?? "Inbox";
        var when = last.Due is { } due ? $", {DateWords.Due(due, Clock)}" : "";
        Toasts.Show(added.Count == 1
            ? new($"Added to {home}{when}", ToastKind.Plain) { ActionName = "Open", Act = () => Open(last.TaskId) }
            : new($"{added.Count} tasks added, the last to {home}{when}", ToastKind.Plain) { ActionName = "Open", Act = () => Open(last.TaskId) });
    }

    protected override void OnInitialized()
    {
        _typed = new(Clock, Preferences);
        _typed.Read(Seed.Title ?? "");
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            await _line.FocusAsync();
    }

    private Task Open(Guid taskId)
    {
        Workspace.OpenTask(taskId);
        return Task.CompletedTask;
    }

    // Puts a pattern at the end of the line: what it stands for shows as a chip, and its example is there to be changed.
    private async Task WriteAsync(string pattern)
    {
        await _more!.CloseAsync();
        Read($"{Text.TrimEnd()} {pattern}".TrimStart());
        await _line.FocusAsync();
    }

    private void Type(ChangeEventArgs e) => Read((string?)e.Value ?? "");

    private void Read(string text)
    {
        _typed.Read(text);
        (_suggested, _at, _chosen) = (QuickSuggestions.For(Text, Projects.Open.Select(project => project.Name), LabelNames.All(Labels, Board)), 0, false);
    }

    private async Task TakeAsync(string name)
    {
        var text = _suggested.Take(Text, name);
        _suggested = QuickSuggestions.None;
        _typed.Read(text);
        await _line.FocusAsync();
    }

    private async Task PlaceAsync((Guid? Project, Guid? Section) place)
    {
        _place = place;
        await _projects!.CloseAsync();
    }

    private async Task LeaveAsync(QuickToken token)
    {
        _typed.Leave(token);
        await _line.FocusAsync();
    }

    private async Task DueAsync(Due? due)
    {
        _picked = _picked with { Due = due };
        await _due!.CloseAsync();
    }

    private async Task PriorityAsync(int priority)
    {
        _picked = _picked with { Priority = priority };
        await _priority!.CloseAsync();
    }

    private async Task AddAsync()
    {
        if (_chosen && _suggested.Names.Count > 0)
        {
            await TakeAsync(_suggested.Names[_at]);
            return;
        }

        if (string.IsNullOrWhiteSpace(Said.Title))
            return;

        var (said, picked, text) = (Said, _picked, Text);
        var request = new CreateTaskRequest
        {
            TaskId = Guid.CreateVersion7(),
            Title = said.Title,
            Notes = said.Notes,
            Due = Due,
            Recurrence = Due is null ? null : said.Recurrence,
            Priority = Priority,
            Labels = [.. said.Labels.Union(_labels, StringComparer.OrdinalIgnoreCase).Union(Seed.Labels ?? [], StringComparer.OrdinalIgnoreCase)],
            Deadline = said.Deadline,
            EstimateMinutes = said.EstimateMinutes,
            Reminders = [.. said.Reminders.Select(reminder => new Reminder(Guid.CreateVersion7(), reminder.At, reminder.MinutesBefore))],
            ParentId = Seed.ParentId,
        };
        var (place, order) = (_place, Place?.Invoke());
        (_picked, _place, _labels, _suggested) = (new(), null, [], QuickSuggestions.None);
        _problem = null;
        _typed.Clear();
        Toasts.Announce($"Added {request.Title}");
        OnAdding?.Invoke(request.TaskId!.Value);
        if (Says)
            _added.Add(request.TaskId!.Value);

        var (project, section) = place ?? (said.Project is { } name ? Projects.PlaceNamed(name, said.Section) : (Seed.ProjectId, Seed.SectionId));
        if (await Actions.AddAsync(request with { ProjectId = project, SectionId = section }, order) is not { } problem)
            return;

        if (_closed)
        {
            // There is no line any more to put the words back into.
            Toasts.Error($"Not added: “{request.Title}”. {problem.Message}", () => Actions.AddAsync(request with { ProjectId = project, SectionId = section }, order));
            return;
        }

        // Refused: the words come back, unless the person is already writing the next ones.
        _problem = $"Not added: {problem.Message}";
        if (Text.Length > 0)
        {
            _problem += $" It said “{text}”.";
            return;
        }

        _picked = picked;
        _typed.Read(text);
    }

    // The page's script keeps these keys from moving the caret or the focus while there is something to choose.
    private Task KeyAsync(KeyboardEventArgs e)
    {
        if (_suggested.Names.Count == 0)
            return e.Key == "Escape" ? OnClose.InvokeAsync() : Task.CompletedTask;
        if (e.Key is "ArrowDown" or "ArrowUp")
            (_at, _chosen) = (_chosen || e.Key == "ArrowUp" ? (_at + (e.Key == "ArrowDown" ? 1 : -1) + _suggested.Names.Count) % _suggested.Names.Count : 0, true);
        else if (e.Key == "Tab" && !e.ShiftKey)
            return TakeAsync(_suggested.Names[_at]);
        else if (e.Key == "Escape")
            _suggested = QuickSuggestions.None;
        return Task.CompletedTask;
    }
}
