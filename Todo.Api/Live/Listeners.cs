using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;
using Todo.Api.Identity;
using Todo.Api.Storage;

namespace Todo.Api.Live;

/// <summary>Who listens at this replica. A connection is let in once and then stays open, so somebody has to ask again: within half a minute it ends with the session or the token it came by.</summary>
internal sealed class Listeners(IServiceScopeFactory scopes, JustSaid said, TimeProvider clock, ILogger<Listeners> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, HubCallerContext> _connections = new(StringComparer.Ordinal);

    public void Came(HubCallerContext connection) => _connections[connection.ConnectionId] = connection;

    public void Left(HubCallerContext connection) => _connections.TryRemove(connection.ConnectionId, out _);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            said.Forget();
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.ListenersNotAsked(e);
            }
        }
    }

    /// <summary>Ends the connections whose session or token is gone.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        var keys = _connections.Values.ToLookup(connection => KeyOf(connection.User));
        if (keys.Count == 0)
            return;
        List<Guid> asked = [.. keys.Select(key => key.Key)];
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TodoDbContext>();
        var sessions = await db.Sessions.Where(s => asked.Contains(s.SessionId)).Select(s => s.SessionId).ToListAsync(ct);
        var tokens = await db.AccessTokens.Where(t => asked.Contains(t.TokenId) && t.ExpiresAt > clock.Now()).Select(t => t.TokenId).ToListAsync(ct);
        foreach (var connection in asked.Except(sessions).Except(tokens).SelectMany(gone => keys[gone]))
            connection.Abort();
    }

    private static Guid KeyOf(ClaimsPrincipal? user) =>
        Guid.TryParse(user?.FindFirstValue(Sessions.Claim) ?? user?.FindFirstValue(TokenScheme.Id), out var key) ? key : Guid.Empty;
}

internal static partial class ListenersLog
{
    [LoggerMessage(LogLevel.Error, "Whether those who listen may still listen could not be asked; it is tried again")]
    public static partial void ListenersNotAsked(this ILogger log, Exception e);
}
