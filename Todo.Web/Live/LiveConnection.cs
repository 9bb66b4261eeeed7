using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Todo.Contracts;
using Todo.Contracts.Live;
using Todo.Contracts.Notifications;
using Todo.Web.Http;
using Todo.Web.Notifications;

namespace Todo.Web.Live;

/// <summary>The line to the hub: kept up for as long as somebody is signed in, and caught up with each time it comes back.</summary>
/// <remarks>
/// The trying again is ours: the client's own leaves a line that a stopping server closed in good order, and cannot be told that the
/// network is back. Each line is a new connection.
/// </remarks>
public sealed class LiveConnection(
    NavigationManager navigation, LiveFeed feed, NotificationList notifications, ListsFeed lists, Patience patience, TimeProvider time) : IAsyncDisposable
{
    /// <summary>The hub takes it that a line needs no longer to get to it.</summary>
    private static readonly TimeSpan HubPatience = TimeSpan.FromSeconds(8);

    /// <summary>An attempt that takes longer goes nowhere, and a new one may.</summary>
    private static readonly TimeSpan LongestAttempt = TimeSpan.FromSeconds(15);

    /// <summary>A line that is back sooner was never lost to the eye.</summary>
    private static readonly TimeSpan Blink = TimeSpan.FromSeconds(2);

    private HubConnection? _hub;
    private TaskCompletionSource? _closed;
    private CancellationTokenSource? _attempt;
    private object? _line;
    private bool _hurry;

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
        _ = KeepAsync(_line, askedAgo);
    }

    /// <summary>Somebody looks at the page: what waits to be tried again is tried now.</summary>
    public void Hurry()
    {
        if (State != LiveState.Live)
            patience.End();
    }

    /// <summary>The network came or went: a line that stands may be dead without knowing it, and an attempt may wait for nothing.</summary>
    public void Renew()
    {
        if (_line is null)
            return;
        _hurry = true;
        _attempt?.Cancel();
        patience.End();
        _closed?.TrySetResult();
    }

    public async Task StopAsync()
    {
        var hub = _hub;
        (_hub, _line, State) = (null, null, LiveState.Connecting);
        if (hub is not null)
            await hub.DisposeAsync();
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    // Straight to a WebSocket saves a round trip; where something on the way lets none through, every second attempt asks what there is instead.
    private async Task KeepAsync(object line, TimeSpan? askedAgo)
    {
        var since = time.GetTimestamp();
        for (var attempt = 0; _line == line; attempt++)
        {
            var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var hub = Build(closed, straight: attempt % 2 == 0, askedAgo + time.GetElapsedTime(since));
            var begun = time.GetTimestamp();
            if (await StartsAsync(hub, line, mayTake: askedAgo is null ? Blink : LongestAttempt))
            {
                (_hub, _closed) = (hub, closed);
                Tell(line, LiveState.Live);
                patience.End();
                if (askedAgo is null || time.GetElapsedTime(begun) > HubPatience)
                    _ = CatchUpAsync();
                askedAgo = null;

                var stood = time.GetTimestamp();
                await closed.Task;
                Tell(line, LiveState.Connecting);
                if (time.GetElapsedTime(stood) > LongestAttempt)
                    attempt = -1;
            }

            _ = EndAsync(hub);
            if (!_hurry)
                await patience.WaitAsync(Delay(attempt));
            if (_hurry)
                attempt = -1;
            _hurry = false;
        }
    }

    private async Task<bool> StartsAsync(HubConnection hub, object line, TimeSpan mayTake)
    {
        using var attempt = _attempt = new CancellationTokenSource(LongestAttempt, time);
        await using var late = time.CreateTimer(_ => Tell(line, LiveState.Lost), null, mayTake, Timeout.InfiniteTimeSpan);
        try
        {
            await hub.StartAsync(attempt.Token);
            return _line == line;
        }
        catch (Exception e) // whatever it was, a page that stopped trying would be out of date and say nothing
        {
            Tell(line, LiveState.Lost);
            if (e is HttpRequestException { StatusCode: System.Net.HttpStatusCode.Unauthorized })
                _ = feed.CatchUpAsync(); // nobody is signed in here any more, perhaps: a reading finds out
            return false;
        }
        finally
        {
            _attempt = null;
        }
    }

    private HubConnection Build(TaskCompletionSource closed, bool straight, TimeSpan? askedAgo)
    {
        var builder = new HubConnectionBuilder()
            .WithUrl(navigation.ToAbsoluteUri(askedAgo is { } ago ? FormattableString.Invariant($"hubs/tasks?asked={ago.TotalSeconds:0.0}") : "hubs/tasks"), options =>
            {
                options.SkipNegotiation = straight;
                options.Transports = straight ? HttpTransportType.WebSockets : options.Transports;
            });
        builder.AddJsonProtocol(o => o.PayloadSerializerOptions.TypeInfoResolverChain.Insert(0, ContractsJson.Default));
        var hub = builder.Build();

        hub.On<TaskChanged>(nameof(ITaskHubClient.TaskChanged), feed.Receive);
        hub.On<ListsChanged>(nameof(ITaskHubClient.ListsChanged), _ => lists.LoadAsync());
        hub.On(nameof(ITaskHubClient.AskAgain), CatchUpAsync);
        hub.On<NotificationView>(nameof(ITaskHubClient.NotificationDelivered), notifications.Receive);
        hub.On<Guid>(nameof(ITaskHubClient.NotificationDismissed), notifications.Remove);
        hub.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        return hub;
    }

    // In the background: a line whose network is gone takes its time to end.
    private static async Task EndAsync(HubConnection hub)
    {
        try
        {
            await hub.DisposeAsync();
        }
        catch (Exception)
        {
            // It is of no use any more either way.
        }
    }

    private Task CatchUpAsync() => Task.WhenAll(feed.CatchUpAsync(), notifications.LoadAsync(), lists.LoadAsync());

    private void Tell(object line, LiveState state)
    {
        if (_line != line)
            return;
        State = state;
        Changed?.Invoke();
    }

    /// <summary>Ever more slowly, up to a few seconds; spread, so that thousands do not come back together.</summary>
    private static TimeSpan Delay(int attempt) =>
        TimeSpan.FromSeconds(Math.Min(5, 0.3 * Math.Pow(2, Math.Min(attempt, 10))) * (0.7 + (Random.Shared.NextDouble() * 0.6)));
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
