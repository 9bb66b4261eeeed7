using Todo.Api.Edge;
using Todo.Contracts.Bulk;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

/// <summary>PATCH /tasks/{taskId} — touches the fields that were sent and no others.</summary>
internal static class UpdateTask
{
    public static async Task<IResult> Handle(
        Guid taskId, UpdateTaskRequest request, TaskCommands commands, TaskWriter writer, HttpContext http, CancellationToken ct)
    {
        var command = new BulkCommand { Verb = BulkVerb.Update, TaskId = taskId, Patch = request, IfVersion = ETags.ExpectedVersion(http) };
        return (await commands.RunAsync(command, ct)).Answer(http, writer.UndoToken);
    }
}
