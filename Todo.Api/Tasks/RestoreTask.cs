using Todo.Api.Edge;
using Todo.Contracts.Bulk;

namespace Todo.Api.Tasks;

/// <summary>POST /tasks/{taskId}/restore — back from the trash, with the sub-tasks that went along.</summary>
internal static class RestoreTask
{
    public static async Task<IResult> Handle(
        Guid taskId, TaskCommands commands, TaskWriter writer, HttpContext http, CancellationToken ct)
    {
        var command = new BulkCommand { Verb = BulkVerb.Restore, TaskId = taskId, IfVersion = ETags.ExpectedVersion(http) };
        return (await commands.RunAsync(command, ct)).Answer(http, writer.UndoToken);
    }
}
