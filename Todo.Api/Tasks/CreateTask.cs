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
        var taskId = request.TaskId ?? IdempotencyKey.IdFor(http) ?? Guid.CreateVersion7(clock.Now());
        var outcome = await commands.RunAsync(new BulkCommand { Verb = BulkVerb.Create, TaskId = taskId, Task = request }, ct);
        return outcome.Answer(http, null);
    }
}
