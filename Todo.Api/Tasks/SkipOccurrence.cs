using System.ComponentModel;
using Todo.Api.Edge;
using Todo.Contracts.Bulk;

namespace Todo.Api.Tasks;

/// <summary>POST /tasks/{taskId}/skip?allMissed= — this occurrence is closed without credit; the series goes on.</summary>
internal static class SkipOccurrence
{
    public static async Task<IResult> Handle(
        Guid taskId, TaskCommands commands, TaskWriter writer, HttpContext http, CancellationToken ct, [Description("True skips every missed occurrence along with this one.")] bool allMissed = false)
    {
        var command = new BulkCommand { Verb = BulkVerb.Skip, TaskId = taskId, AllMissed = allMissed, IfVersion = ETags.ExpectedVersion(http) };
        return (await commands.RunAsync(command, ct)).Answer(http, writer.UndoToken);
    }
}
