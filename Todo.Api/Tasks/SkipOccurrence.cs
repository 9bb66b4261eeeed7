using Microsoft.AspNetCore.Http.HttpResults;
using Todo.Api.Identity;
using Todo.Api.Storage;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

/// <summary>POST /tasks/{taskId}/skip — this occurrence is closed without credit; the series goes on.</summary>
internal static class SkipOccurrence
{
    public static async Task<Results<Ok<TaskView>, NotFound>> Handle(
        Guid taskId, TaskWriter writer, CurrentUser user, TimeProvider clock, CancellationToken ct, bool allMissed = false)
    {
        var view = await writer.ChangeAsync(user.Id, taskId, task => task.Skip(allMissed, user.Id, clock.Now()), ct);
        return view is null ? TypedResults.NotFound() : TypedResults.Ok(view);
    }
}
