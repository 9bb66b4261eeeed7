using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using Todo.Web.Account;
using Todo.Web.Http;
using Todo.Web.Keyboard;
using Todo.Web.Live;
using Todo.Web.Notifications;
using Todo.Web.Settings;
using Todo.Web.Tasks;

namespace Todo.Web.Layout;

/// <summary>The frame of every page behind the door; brings the data in when somebody is there, and takes it away when they leave.</summary>
public sealed partial class AppShell : LayoutComponentBase, IDisposable
{
    private DotNetObjectReference<AppShell>? _self;
    private ErrorBoundary? _boundary;
    private Problem? _problem;
    private bool _listening;
    private bool _saidOld;
    private Guid? _loadedFor;

    [Inject]
    private Session Session { get; set; } = default!;

    [Inject]
    private Api Api { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private LiveFeed Feed { get; set; } = default!;

    [Inject]
    private LiveConnection Live { get; set; } = default!;

    [Inject]
    private NotificationList Notifications { get; set; } = default!;

    [Inject]
    private TaskBoard Board { get; set; } = default!;

    [Inject]
    private Browser Browser { get; set; } = default!;

    [Inject]
    private Shortcuts Shortcuts { get; set; } = default!;

    [Inject]
    private TaskDrops Drops { get; set; } = default!;

    [Inject]
    private Toasts Toasts { get; set; } = default!;

    [Inject]
    private ListsFeed Lists { get; set; } = default!;

    [Inject]
    private Arrival Arrival { get; set; } = default!;

    [Inject]
    private Folds Folds { get; set; } = default!;

    [Inject]
    private ViewChoices Views { get; set; } = default!;

    [Inject]
    private PreferenceStore Preferences { get; set; } = default!;

    [JSInvokable]
    public Task BecameVisibleAsync()
    {
        Live.Hurry();
        return Task.WhenAll(Feed.CatchUpAsync(), LookForNewBuildAsync());
    }

    /// <summary>Somebody came back to a window that was in sight all the time.</summary>
    [JSInvokable]
    public void CameBack() => Live.Hurry();

    [JSInvokable]
    public void NetworkChanged() => Live.Renew();

    /// <summary>A task was dragged onto something that says in <c>data-drop</c> what that means.</summary>
    [JSInvokable]
    public Task DropAsync(string taskId, string target, string? before)
    {
        if (!Guid.TryParse(taskId, out var id))
            return Task.CompletedTask;
        Guid? next = Guid.TryParse(before, out var other) ? other : null;
        if (target == "order")
            Workspace.RequestDrop(id, next);
        return Drops.DoAsync(id, target, next);
    }

    /// <summary>Rows were clicked with Ctrl (one more or less) or with Shift (all of them).</summary>
    [JSInvokable]
    public void SelectAsync(Guid[] taskIds, bool all)
    {
        if (all)
            Workspace.Select(taskIds);
        else
            Workspace.ToggleSelected(taskIds[0]);
    }

    public void Dispose()
    {
        Workspace.Changed -= Redraw;
        Live.Changed -= LiveChanged;
        Session.Changed -= SessionChanged;
        Api.SignedOut -= Session.Expire;
        Navigation.LocationChanged -= Moved;
        _self?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        Workspace.Changed += Redraw;
        Live.Changed += LiveChanged;
        Session.Changed += SessionChanged;
        Api.SignedOut += Session.Expire;
        Navigation.LocationChanged += Moved;
        await StartAsync();
    }

    private async Task StartAsync()
    {
        _problem = null;
        await Task.WhenAll(Preferences.LookAsync(), Folds.LoadAsync(), Views.RecallAsync());
        if (!Session.Known)
        {
            await Arrival.AskEarlyAsync();
            _problem = await Session.LoadAsync();
        }

        if (_problem is null)
            await EnterAsync();
    }

    private async Task EnterAsync()
    {
        if (Session.Account is not { } account)
        {
            ToTheDoor();
            return;
        }

        if (_loadedFor == account.UserId)
            return;
        _loadedFor = account.UserId;
        StateHasChanged();
        var loading = LoadAsync();
        if (!_listening)
        {
            _listening = true;
            await Shortcuts.ListenAsync();
            await Browser.EnableKeysAsync(Preferences.Current.Shortcuts);
            await Browser.WatchVisibleAsync(_self = DotNetObjectReference.Create(this));
            await Browser.AllowDragAsync(_self);
            await Browser.AllowSelectAsync(_self);
            await Browser.KeepShellAsync();
            await LookForNewBuildAsync();
        }

        await loading;
    }

    // Said once; the page goes on working until its person reloads it.
    private async Task LookForNewBuildAsync()
    {
        if (_saidOld || !await Browser.IsOldBuildAsync())
            return;
        _saidOld = true;
        Toasts.Show(new("There is a new version of TodoBus.", ToastKind.Notice) { ActionName = "Reload", Act = Browser.ReloadAsync });
    }

    private string LiveTitle => Live.State switch
    {
        LiveState.Live => "Live: changes made elsewhere show at once",
        LiveState.Lost => "Not connected",
        _ => "Connecting",
    };

    private void LiveChanged()
    {
        Redraw();
        if (Live.State == LiveState.Live)
            _ = InvokeAsync(LookForNewBuildAsync);
    }

    private async Task LoadAsync()
    {
        while (Session.Account is not null && await Arrival.LoadAsync() is { } problem)
        {
            _problem = problem;
            await Task.Delay(TimeSpan.FromSeconds(2));
        }

        _problem = null;
        StateHasChanged();
    }

    private void SessionChanged() => _ = InvokeAsync(async () =>
    {
        if (Session.Account is null)
        {
            _loadedFor = null;
            await Arrival.ForgetAsync();
            await Live.StopAsync();
            Feed.Reset();
            Board.Clear();
            Lists.Clear();
            Notifications.Clear();
            ToTheDoor();
        }
        else
        {
            await EnterAsync();
        }

        StateHasChanged();
    });

    private void ToTheDoor()
    {
        var here = Navigation.ToBaseRelativePath(Navigation.Uri);
        if (here.StartsWith("sign-", StringComparison.Ordinal))
            return; // sent there already, with where to go afterwards
        Navigation.NavigateTo(here.Length == 0 ? "sign-in" : $"sign-in?from={Uri.EscapeDataString(here)}", replace: true);
    }

    private void Moved(object? sender, LocationChangedEventArgs e)
    {
        _boundary?.Recover();
        Redraw();
    }

    private void Redraw() => _ = InvokeAsync(StateHasChanged);
}
