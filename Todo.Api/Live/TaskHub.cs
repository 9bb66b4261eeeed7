using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Todo.Api.Identity;
using Todo.Contracts.Live;

namespace Todo.Api.Live;

/// <summary>Where browsers listen. Everybody is put into their own group and hears nothing else.</summary>
[Authorize]
internal sealed class TaskHub(Listeners listeners, JustSaid said) : Hub<ITaskHubClient>
{
    public const string Path = "/hubs/tasks";

    public static string GroupOf(Guid userId) => $"user:{userId}";

    public override async Task OnConnectedAsync()
    {
        if (!CurrentUser.TryGetId(Context.User, out var userId))
        {
            Context.Abort();
            return;
        }

        listeners.Came(Context);
        await Groups.AddToGroupAsync(Context.ConnectionId, GroupOf(userId));
        if (AskedAgo() is { } ago)
            await said.SayAgainAsync(Clients.Caller, userId, ago);
        await base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        listeners.Left(Context);
        return base.OnDisconnectedAsync(exception);
    }

    // ?asked=3.5: the page began to read its lists so many seconds ago.
    private TimeSpan? AskedAgo() =>
        double.TryParse(Context.GetHttpContext()?.Request.Query["asked"], NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < 1e6
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
