using MassTransit;
using Microsoft.AspNetCore.SignalR;
using Todo.Contracts.Live;

namespace Todo.Api.Live;

/// <summary>Passes a change on to the owner's browsers on this replica. Every replica hears every change, so none needs the others.</summary>
internal sealed class PushUpdatesConsumer(IHubContext<TaskHub, ITaskHubClient> hub) : IConsumer<TaskChanged>, IConsumer<ListsChanged>
{
    public Task Consume(ConsumeContext<TaskChanged> context) =>
        hub.Clients.Group(TaskHub.GroupOf(context.Message.OwnerId)).TaskChanged(context.Message);

    public Task Consume(ConsumeContext<ListsChanged> context) =>
        hub.Clients.Group(TaskHub.GroupOf(context.Message.OwnerId)).ListsChanged(context.Message);
}
