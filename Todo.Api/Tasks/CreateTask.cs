using Todo.Api.Edge;
using Todo.Api.Storage;
using Todo.Contracts.Bulk;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

/// <summary>POST /tasks — stores the task and the fact that it exists, or neither. The same id twice is the same task.</summary>
internal static class CreateTask
{
    public static async Task<IResult> Handle(
        CreateTaskRequest request, TaskCommands commands, HttpContext http, TimeProvider clock, CancellationToken ct)
    {
        var given = request.TaskId ?? IdempotencyKey.IdFor(http);
        var command = new BulkCommand { Verb = BulkVerb.Create, TaskId = given ?? Guid.CreateVersion7(clock.Now()), Task = request };
        var outcome = await commands.RunAsync(command, ct, fresh: given is null);
        return outcome.Answer(http, null);
    }
}
