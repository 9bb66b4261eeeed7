using Todo.Api.Edge;
using Todo.Contracts.Bulk;

namespace Todo.Api.Tasks;

/// <summary>POST /tasks/{taskId}/complete — done, sub-tasks too; saying it twice changes nothing.</summary>
internal static class CompleteTask
{
    public static async Task<IResult> Handle(
        Guid taskId, TaskCommands commands, TaskWriter writer, HttpContext http, CancellationToken ct)
    {
        var command = new BulkCommand { Verb = BulkVerb.Complete, TaskId = taskId, IfVersion = ETags.ExpectedVersion(http) };
        return (await commands.RunAsync(command, ct)).Answer(http, writer.UndoToken);
    }
}
