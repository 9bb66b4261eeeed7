using MassTransit;
using Microsoft.AspNetCore.SignalR;
using Todo.Contracts.Live;

namespace Todo.Api.Live;

/// <summary>Passes a change on to the owner's browsers on this replica. Every replica hears every change, so none needs the others.</summary>
internal sealed class PushUpdatesConsumer(IHubContext<TaskHub, ITaskHubClient> hub, JustSaid said) : IConsumer<TaskChanged>, IConsumer<ListsChanged>
{
    public Task Consume(ConsumeContext<TaskChanged> context)
    {
        var change = context.Message;
        return SayAsync(change.OwnerId, nameof(TaskChanged), client => client.TaskChanged(change));
    }

    public Task Consume(ConsumeContext<ListsChanged> context)
    {
        var change = context.Message;
        return SayAsync(change.OwnerId, nameof(ListsChanged), client => client.ListsChanged(change));
    }

    // Of several changes the last is enough to remember: its sequence tells whether others are missing.
    private Task SayAsync(Guid ownerId, string name, Func<ITaskHubClient, Task> say) =>
        said.SayAsync(hub.Clients.Group(TaskHub.GroupOf(ownerId)), ownerId, name, say);
}
