using MassTransit;
using Todo.Api.Storage;
using Todo.Contracts.Commands;

namespace Todo.Api.Commands;

/// <summary>Says what became of a command, on the command's id.</summary>
internal sealed class CommandResults(ITopicProducer<string, CommandAccepted> accepted, ITopicProducer<string, CommandRefused> refused, TimeProvider clock)
{
    public Task AcceptAsync(CommandAccepted result, CancellationToken ct) => accepted.Produce(result.CommandId, result, ct);

    public Task RefuseAsync(string commandId, Guid? taskId, Guid? userId, CommandProblem problem, CancellationToken ct) =>
        refused.Produce(commandId, new CommandRefused(commandId, taskId, userId, problem, clock.Now()), ct);
}
