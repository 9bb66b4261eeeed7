using MassTransit;
using Microsoft.AspNetCore.SignalR;
using Todo.Contracts.Live;

namespace Todo.Api.Live;

/// <summary>
/// A replica answers pages some seconds before it reads the topics it pushes from, and what was said in those it never hears. So once it
/// reads, whoever was let in until then is told to ask again.
/// </summary>
internal sealed class BeginsToHear(IHubContext<TaskHub, ITaskHubClient> hub, JustSaid said, TimeProvider clock, ILogger<BeginsToHear> log) : IReceiveEndpointObserver
{
    /// <summary>A consumer that begins at the end of a topic asks where that is only after it was given the topic.</summary>
    private static readonly TimeSpan FindsTheEnd = TimeSpan.FromSeconds(2);

    public async Task Ready(ReceiveEndpointReady ready)
    {
        try
        {
            await Task.Delay(FindsTheEnd, clock);
            said.HearsFromNow();
            await hub.Clients.All.AskAgain();
        }
        catch (Exception e)
        {
            log.NobodyToldToAsk(e); // nobody waits for an observer
        }
    }

    public Task Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

    public Task Completed(ReceiveEndpointCompleted completed) => Task.CompletedTask;

    public Task Faulted(ReceiveEndpointFaulted faulted) => Task.CompletedTask;
}

internal static partial class BeginsToHearLog
{
    [LoggerMessage(LogLevel.Error, "Those who listen could not be told to ask again")]
    public static partial void NobodyToldToAsk(this ILogger log, Exception e);
}
