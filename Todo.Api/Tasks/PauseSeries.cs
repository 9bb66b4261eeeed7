using Todo.Api.Edge;
using Todo.Contracts.Bulk;

namespace Todo.Api.Tasks;

/// <summary>POST /tasks/{taskId}/pause and /resume — a series rests, and goes on from the day it is resumed.</summary>
internal static class PauseSeries
{
    public static Task<IResult> Pause(Guid taskId, TaskCommands commands, TaskWriter writer, HttpContext http, CancellationToken ct) =>
        RunAsync(BulkVerb.Pause, taskId, commands, writer, http, ct);

    public static Task<IResult> Resume(Guid taskId, TaskCommands commands, TaskWriter writer, HttpContext http, CancellationToken ct) =>
        RunAsync(BulkVerb.Resume, taskId, commands, writer, http, ct);

    private static async Task<IResult> RunAsync(
        BulkVerb verb, Guid taskId, TaskCommands commands, TaskWriter writer, HttpContext http, CancellationToken ct)
    {
        var command = new BulkCommand { Verb = verb, TaskId = taskId, IfVersion = ETags.ExpectedVersion(http) };
        return (await commands.RunAsync(command, ct)).Answer(http, writer.UndoToken);
    }
}
