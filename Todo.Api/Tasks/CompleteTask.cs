using System.ComponentModel;
using Todo.Api.Edge;
using Todo.Contracts.Bulk;

namespace Todo.Api.Tasks;

/// <summary>POST /tasks/{taskId}/complete?forever= — done, sub-tasks too; saying it twice changes nothing. For ever: it does not come again.</summary>
internal static class CompleteTask
{
    public static async Task<IResult> Handle(
        Guid taskId, TaskCommands commands, TaskWriter writer, HttpContext http, CancellationToken ct, [Description("True ends the series too: the task does not come again.")] bool forever = false)
    {
        var command = new BulkCommand { Verb = BulkVerb.Complete, TaskId = taskId, Forever = forever, IfVersion = ETags.ExpectedVersion(http) };
        return (await commands.RunAsync(command, ct)).Answer(http, writer.UndoToken);
    }
}
