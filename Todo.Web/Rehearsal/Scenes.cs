using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using Todo.Contracts.Tasks;
using Todo.Web.Dates;
using Todo.Web.Keyboard;
using Todo.Web.Layout;
using Todo.Web.Tasks;

namespace Todo.Web.Rehearsal;

/// <summary>
/// The common edits, done once with the code of the page on services of their own: another board, no browser, no server. The runtime reads each
/// method the first time it runs it; after this, the first edit that a person makes is as quick as the second.
/// </summary>
public sealed class Scenes(TimeProvider time, ILoggerFactory logs)
{
    /// <summary>Plays all of them, one at a time.</summary>
    /// <param name="between">Waited for before each, so that the page has time for its person.</param>
    public async Task PlayAsync(Func<Task> between)
    {
        await between();
        await using var stage = Stage();
        await using var renderer = new HtmlRenderer(stage, logs);
        await renderer.Dispatcher.InvokeAsync(() => PlayAsync(stage, renderer, between));
    }

    private ServiceProvider Stage() => new ServiceCollection()
        .AddClient()
        .AddSingleton(time)
        .AddSingleton(logs)
        .AddSingleton<IJSRuntime, NoBrowser>()
        .AddSingleton<NavigationManager, NoNavigation>()
        .AddSingleton(new HttpClient(new NoServer()) { BaseAddress = new Uri("https://nowhere.invalid/") })
        .BuildServiceProvider();

    private static async Task PlayAsync(ServiceProvider stage, HtmlRenderer renderer, Func<Task> between)
    {
        var (board, actions, keys, workspace, clock) = (
            stage.GetRequiredService<TaskBoard>(), stage.GetRequiredService<TaskActions>(), stage.GetRequiredService<Shortcuts>(), stage.GetRequiredService<Workspace>(), stage.GetRequiredService<UserClock>());
        TaskView[] tasks = [.. Enumerable.Range(1, 5).Select(n => NewTask(n, clock.Today))];
        board.Receive(tasks);
        foreach (var part in new[] { typeof(InboxPage), typeof(Sidebar), typeof(ToastStack), typeof(QuickAdd) })
        {
            renderer.BeginRenderingComponent(part, ParameterView.Empty);
            await between();
        }

        RowTitle? line = null;
        renderer.BeginRenderingComponent<TitleLine>(ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(TitleLine.Task)] = tasks[2],
            [nameof(TitleLine.Drawn)] = (Action<RowTitle>)(drawn => line = drawn),
        }));
        await between();
        workspace.EditTitle(tasks[2].TaskId);
        await between();
        Shown(line!.WriteAsync("Another title"));
        await between();
        Shown(keys.PressAsync("e", tasks[0].TaskId.ToString()));
        await between();
        Shown(keys.PressAsync("1", tasks[1].TaskId.ToString()));
        await between();
        Shown(actions.EditAsync(tasks[3].TaskId, task => task with { Due = new(clock.Today.AddDays(1)) }));
        await between();
        Shown(actions.AddAsync(new() { Title = "Another" }));
        await between();
        var cuts = new TaskCuts(2); // the stage has too few tasks for a long list
        cuts.Follow(TaskTree.Of(tasks, board, stage.GetRequiredService<Folds>()));
        cuts.Follow(TaskTree.Of(tasks[1..], board, stage.GetRequiredService<Folds>()));
        await between();
        Shown(keys.PressAsync("Delete", tasks[4].TaskId.ToString()));
    }

    // What is sent is never answered and so not waited for: all that a person sees has happened when the call returns.
    private static void Shown(Task edit)
    {
        if (edit.IsFaulted)
            edit.GetAwaiter().GetResult();
    }

    private static TaskView NewTask(int n, DateOnly today) => new()
    {
        TaskId = Guid.CreateVersion7(),
        OwnerId = Guid.Empty,
        Title = $"Task {n}",
        Order = OrderKey.Last(DateTimeOffset.UnixEpoch.AddDays(n)),
        Due = n % 2 == 0 ? new(today) : null,
        Labels = n == 1 ? ["home"] : [],
        Version = 1,
    };

    // Gives away the line of a title that it draws, as this renderer knows no events to write with.
    private sealed class TitleLine : ComponentBase
    {
        [Parameter, EditorRequired]
        public TaskView Task { get; set; } = default!;

        [Parameter, EditorRequired]
        public Action<RowTitle> Drawn { get; set; } = default!;

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenComponent<RowTitle>(0);
            builder.AddComponentParameter(1, nameof(RowTitle.Task), Task);
            builder.AddComponentReferenceCapture(2, line => Drawn((RowTitle)line));
            builder.CloseComponent();
        }
    }
}
