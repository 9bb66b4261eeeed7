using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.SignalR.Client;
using Todo.Contracts;
using Todo.Contracts.Live;
using Todo.Contracts.Notifications;
using Todo.Web.Notifications;

namespace Todo.Web.Live;

/// <summary>The line to the hub: kept up for as long as somebody is signed in, and caught up with each time it comes back.</summary>
public sealed class LiveConnection(NavigationManager navigation, LiveFeed feed, NotificationList notifications, ListsFeed lists) : IAsyncDisposable
{
    private HubConnection? _hub;

    public event Action? Changed;

    /// <summary>Whether changes made elsewhere reach this page.</summary>
    public LiveState State { get; private set; } = LiveState.Connecting;

    public async Task StartAsync()
    {
        if (_hub is not null)
            return;

        var builder = new HubConnectionBuilder()
            .WithUrl(navigation.ToAbsoluteUri("hubs/tasks"))
            .WithAutomaticReconnect(new PatientRetry());
        builder.AddJsonProtocol(o => o.PayloadSerializerOptions.TypeInfoResolverChain.Insert(0, ContractsJson.Default));
        var hub = _hub = builder.Build();

        hub.On<TaskChanged>(nameof(ITaskHubClient.TaskChanged), feed.Receive);
        hub.On<ListsChanged>(nameof(ITaskHubClient.ListsChanged), _ => lists.LoadAsync());
        hub.On<NotificationView>(nameof(ITaskHubClient.NotificationDelivered), notifications.Receive);
        hub.On<Guid>(nameof(ITaskHubClient.NotificationDismissed), notifications.Remove);
        hub.Reconnecting += _ => TellAsync(LiveState.Lost);
        hub.Reconnected += _ => BackAsync();
        hub.Closed += _ => TellAsync(LiveState.Lost);
        await FirstTimeAsync(hub);
    }

    public async Task StopAsync()
    {
        var hub = _hub;
        (_hub, State) = (null, LiveState.Connecting);
        if (hub is not null)
            await hub.DisposeAsync();
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    // Automatic reconnect begins only after a first connection; until then the trying is ours.
    private async Task FirstTimeAsync(HubConnection hub)
    {
        for (var attempt = 0; _hub == hub; attempt++)
        {
            try
            {
                await hub.StartAsync();
                await BackAsync();
                return;
            }
            catch (Exception) when (_hub == hub) // whatever it was, a page that stopped trying would be out of date and say nothing
            {
                await TellAsync(LiveState.Lost);
                await Task.Delay(PatientRetry.Delay(attempt));
            }
        }
    }

    private async Task BackAsync()
    {
        await TellAsync(LiveState.Live);
        await Task.WhenAll(feed.CatchUpAsync(), notifications.LoadAsync(), lists.LoadAsync());
    }

    private Task TellAsync(LiveState state)
    {
        if (_hub is null)
            return Task.CompletedTask;
        State = state;
        Changed?.Invoke();
        return Task.CompletedTask;
    }

    /// <summary>Tries for as long as the page is open: at once, then ever more slowly, spread so that thousands do not come back together.</summary>
    private sealed class PatientRetry : IRetryPolicy
    {
        public TimeSpan? NextRetryDelay(RetryContext retryContext) => Delay((int)retryContext.PreviousRetryCount);

        public static TimeSpan Delay(int attempt) =>
            TimeSpan.FromSeconds(Math.Min(20, 0.3 * Math.Pow(2, Math.Min(attempt, 10))) * (0.7 + (Random.Shared.NextDouble() * 0.6)));
    }
}

public enum LiveState
{
    /// <summary>Not yet: the page has just been opened.</summary>
    Connecting,
    Live,

    /// <summary>Cut, or never made; it is being tried again.</summary>
    Lost,
}

internal static class LiveServices
{
    public static IServiceCollection AddLive(this IServiceCollection services) =>
        services.AddSingleton<LiveFeed>().AddSingleton<ListsFeed>().AddSingleton<Arrival>().AddSingleton<LiveConnection>();
}
