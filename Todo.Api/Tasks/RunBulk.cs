using Microsoft.AspNetCore.Http.HttpResults;
using Todo.Api.Identity;
using Todo.Contracts.Bulk;

namespace Todo.Api.Tasks;

/// <summary>POST /bulk — many commands, in order, in one transaction; what is refused leaves the others alone.</summary>
internal static class RunBulk
{
    public static async Task<Results<Ok<BulkAnswer>, ValidationProblem>> Handle(
        BulkRequest request, TaskCommands commands, TaskWriter writer, CurrentUser user, CancellationToken ct)
    {
        if (request.Commands is not { Count: >= 1 and <= BulkRequest.Most } || request.Commands.Any(command => command is null || command.TaskId == Guid.Empty))
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["commands"] = [$"1 to {BulkRequest.Most} commands, each with a taskId."] });

        await writer.BeginAsync(user.Id, ct);
        var results = new List<BulkResult>(request.Commands.Count);
        foreach (var command in request.Commands)
        {
            var outcome = await commands.DoAsync(command, ct);
            results.Add(new BulkResult(command.TaskId, outcome.Status, outcome.Task, outcome.Detail, outcome.Errors));
        }

        await writer.CommitAsync(ct, undoable: true);
        return TypedResults.Ok(new BulkAnswer(results, writer.UndoToken));
    }
}
