using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Todo.Contracts;
using Todo.Contracts.Live;
using Todo.Contracts.Notifications;
using Todo.Web.Notifications;

namespace Todo.Web.Live;

/// <summary>The line to the hub: kept up for as long as somebody is signed in, and caught up with each time it comes back.</summary>
public sealed class LiveConnection(NavigationManager navigation, LiveFeed feed, NotificationList notifications, ListsFeed lists, TimeProvider time) : IAsyncDisposable
{
    /// <summary>The hub takes it that a line needs no longer to get to it.</summary>
    private static readonly TimeSpan HubPatience = TimeSpan.FromSeconds(8);

    private HubConnection? _hub;
    private object? _line;

    public event Action? Changed;

    /// <summary>Whether changes made elsewhere reach this page.</summary>
    public LiveState State { get; private set; } = LiveState.Connecting;

    /// <summary>Begins to connect, and tries until it is stopped.</summary>
    /// <param name="askedAgo">How long ago the page began to read its lists; the hub says what it said since then.</param>
    public void Start(TimeSpan askedAgo)
    {
        if (_line is not null)
            return;
        _line = new();
        _ = ConnectAsync(_line, askedAgo, time.GetTimestamp());
    }

    public async Task StopAsync()
    {
        var hub = _hub;
        (_hub, _line, State) = (null, null, LiveState.Connecting);
        if (hub is not null)
            await hub.DisposeAsync();
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    // Automatic reconnect begins only after a first connection; until then the trying is ours. Straight to a WebSocket saves a
    // round trip; where something on the way lets none through, every second attempt asks what there is instead.
    private async Task ConnectAsync(object line, TimeSpan askedAgo, long since)
    {
        for (var attempt = 0; _line == line; attempt++)
        {
            var begun = time.GetTimestamp();
            var hub = Build(line, straight: attempt % 2 == 0, askedAgo + time.GetElapsedTime(since, begun));
            try
            {
                await hub.StartAsync();
                if (_line != line)
                {
                    await hub.DisposeAsync();
                    return;
                }

                _hub = hub;
                Tell(line, LiveState.Live);
                if (time.GetElapsedTime(begun) > HubPatience)
                    await CatchUpAsync();
                return;
            }
            catch (Exception) // whatever it was, a page that stopped trying would be out of date and say nothing
            {
                await hub.DisposeAsync();
                Tell(line, LiveState.Lost);
                await Task.Delay(PatientRetry.Delay(attempt));
            }
        }
    }

    private HubConnection Build(object line, bool straight, TimeSpan askedAgo)
    {
        var builder = new HubConnectionBuilder()
            .WithUrl(navigation.ToAbsoluteUri(FormattableString.Invariant($"hubs/tasks?asked={askedAgo.TotalSeconds:0.0}")), options =>
            {
                options.SkipNegotiation = straight;
                options.Transports = straight ? HttpTransportType.WebSockets : options.Transports;
            })
            .WithAutomaticReconnect(new PatientRetry());
        builder.AddJsonProtocol(o => o.PayloadSerializerOptions.TypeInfoResolverChain.Insert(0, ContractsJson.Default));
        var hub = builder.Build();

        hub.On<TaskChanged>(nameof(ITaskHubClient.TaskChanged), feed.Receive);
        hub.On<ListsChanged>(nameof(ITaskHubClient.ListsChanged), _ => lists.LoadAsync());
        hub.On(nameof(ITaskHubClient.AskAgain), CatchUpAsync);
        hub.On<NotificationView>(nameof(ITaskHubClient.NotificationDelivered), notifications.Receive);
        hub.On<Guid>(nameof(ITaskHubClient.NotificationDismissed), notifications.Remove);
        hub.Reconnecting += _ => TellAsync(line, LiveState.Lost);
        hub.Reconnected += _ => BackAsync(line);
        hub.Closed += _ => TellAsync(line, LiveState.Lost);
        return hub;
    }

    private async Task BackAsync(object line)
    {
        Tell(line, LiveState.Live);
        await CatchUpAsync();
    }

    private Task CatchUpAsync() => Task.WhenAll(feed.CatchUpAsync(), notifications.LoadAsync(), lists.LoadAsync());

    private Task TellAsync(object line, LiveState state)
    {
        Tell(line, state);
        return Task.CompletedTask;
    }

    private void Tell(object line, LiveState state)
    {
        if (_line != line)
            return;
        State = state;
        Changed?.Invoke();
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
