using Todo.Api.Edge;
using Todo.Contracts.Bulk;

namespace Todo.Api.Tasks;

/// <summary>DELETE /tasks/{taskId} — to the trash, from which it can come back for 30 days.</summary>
internal static class DeleteTask
{
    public static async Task<IResult> Handle(
        Guid taskId, TaskCommands commands, TaskWriter writer, HttpContext http, CancellationToken ct)
    {
        var command = new BulkCommand { Verb = BulkVerb.Delete, TaskId = taskId, IfVersion = ETags.ExpectedVersion(http) };
        return (await commands.RunAsync(command, ct)).Answer(http, writer.UndoToken);
    }
}
