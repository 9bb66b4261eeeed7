using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Todo.Web.Layout;

/// <summary>What only the browser can do, one method each over wwwroot/js/todo.js.</summary>
public sealed class Browser(IJSRuntime js) : IAsyncDisposable
{
    private Task<IJSObjectReference>? _module;

    public async Task<BrowserFacts> FactsAsync() => await (await ModuleAsync()).InvokeAsync<BrowserFacts>("facts");

    public Task LookAsync(string theme, string density) => RunAsync("look", theme, density);

    public Task RememberAsync(string name, string? value) => RunAsync("remember", name, value);

    public async Task<string?> RecallAsync(string name) => await (await ModuleAsync()).InvokeAsync<string?>("recall", name);

    /// <summary>How long ago the page began.</summary>
    public async Task<TimeSpan> PageAgeAsync() => TimeSpan.FromMilliseconds(await (await ModuleAsync()).InvokeAsync<double>("pageAge"));

    /// <summary>Until the next frame stands; at once where the page is not seen.</summary>
    public Task PaintedAsync() => RunAsync("painted");

    /// <summary>Until the page has nothing better to do.</summary>
    public Task IdleAsync() => RunAsync("idle");

    /// <summary>Plays on the controls of a rehearsal what a person would do.</summary>
    public Task RehearseAsync(ElementReference stage) => RunAsync("rehearse", stage);

    public Task FocusAsync(string selector) => RunAsync("focus", selector);

    /// <summary>Focuses, or clicks, something that is about to be drawn.</summary>
    public Task FocusSoonAsync(string selector) => RunAsync("soon", selector, "focus");

    public Task ClickSoonAsync(string selector) => RunAsync("soon", selector, "click");

    public Task FocusIntoAsync(ElementReference element) => RunAsync("focusInto", element);

    public Task EnterDetailAsync(ElementReference panel) => RunAsync("enterDetail", panel);

    public Task LeaveDetailAsync(Guid taskId) => RunAsync("leaveDetail", taskId);

    public Task FocusRowAsync(Guid taskId) => RunAsync("focusRow", taskId);

    /// <summary>To a row whose field is gone, unless the focus has gone somewhere else meanwhile.</summary>
    public Task BackToRowAsync(Guid taskId) => RunAsync("backToRow", taskId);

    public Task MoveRowAsync(int step) => RunAsync("moveRow", step);

    /// <summary>Leaves the title being written, which saves it, for that of the next or previous row.</summary>
    public Task EditNextAsync(int step) => RunAsync("editNext", step);

    /// <summary>Opens the next or previous task of the list beside the detail.</summary>
    public Task OpenNextAsync(int step) => RunAsync("openNext", step);

    /// <summary>On a board, to the card beside in the next column that has any.</summary>
    public Task MoveLaneAsync(int step) => RunAsync("moveLane", step);

    public Task LeaveRowsAsync(IReadOnlyCollection<Guid> taskIds) => RunAsync("leaveRows", taskIds);

    /// <summary>False where the task is shown without that part, as on the calendar.</summary>
    public async Task<bool> ClickInRowAsync(Guid taskId, string part) => await (await ModuleAsync()).InvokeAsync<bool>("clickInRow", taskId, part);

    public Task ClickAsync(string selector) => RunAsync("click", selector);

    /// <summary>True while a pointer is moving over an element; asked in the same frame, where the page runs beside its script.</summary>
    public bool IsAimedAt(ElementReference element) =>
        _module is { IsCompletedSuccessfully: true } && js is IJSInProcessRuntime here && here.Invoke<bool>("todo.isAimedAt", element);

    public Task AllowSelectAsync<T>(DotNetObjectReference<T> listener) where T : class => RunAsync("allowSelect", listener);

    public Task WatchChunksAsync<T>(ElementReference container, DotNetObjectReference<T> list) where T : class => RunAsync("watchChunks", container, list);

    public Task AllowDragAsync<T>(DotNetObjectReference<T> listener) where T : class => RunAsync("allowDrag", listener);

    public Task KeepShellAsync() => RunAsync("keepShell");

    public async Task<bool> IsOldBuildAsync() => await (await ModuleAsync()).InvokeAsync<bool>("isOldBuild");

    public Task CopyAsync(string text) => RunAsync("copy", text);

    public Task ReloadAsync() => RunAsync("reload");

    public Task OpenDialogAsync(ElementReference dialog) => RunAsync("openDialog", dialog);

    public Task CloseDialogAsync(ElementReference dialog) => RunAsync("closeDialog", dialog);

    public Task ListenAsync<T>(DotNetObjectReference<T> listener, IEnumerable<string> keys) where T : class =>
        RunAsync("listen", listener, keys.ToArray());

    public Task WatchVisibleAsync<T>(DotNetObjectReference<T> listener) where T : class => RunAsync("watchVisible", listener);

    /// <summary>Whether the browser asks before it closes or reloads the page.</summary>
    public Task AskBeforeLeavingAsync(bool yes) => RunAsync("askBeforeLeaving", yes);

    public Task EnableKeysAsync(bool enabled) => RunAsync("enableKeys", enabled);

    public async Task<string> AskToNotifyAsync() => await (await ModuleAsync()).InvokeAsync<string>("askToNotify");

    public Task NotifyAsync(string title, string tag) => RunAsync("notify", title, tag);

    public Task UnnotifyAsync(string tag) => RunAsync("unnotify", tag);

    public async ValueTask DisposeAsync()
    {
        if (_module is not null)
            await (await _module).DisposeAsync();
    }

    private async Task RunAsync(string name, params object?[] arguments) =>
        await (await ModuleAsync()).InvokeVoidAsync(name, arguments);

    private Task<IJSObjectReference> ModuleAsync() => _module ??= js.InvokeAsync<IJSObjectReference>("import", "./js/todo.js").AsTask();
}

/// <summary>What the browser knows about its reader.</summary>
public sealed record BrowserFacts(bool TwelveHours, string Theme, string Density, bool Shortcuts, string Notifications);
