using Microsoft.AspNetCore.Http.HttpResults;
using Todo.Api.Identity;
using Todo.Api.Storage;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

/// <summary>POST /tasks/{taskId}/restore — back from the trash.</summary>
internal static class RestoreTask
{
    public static async Task<Results<Ok<TaskView>, NotFound>> Handle(
        Guid taskId, TaskWriter writer, CurrentUser user, TimeProvider clock, CancellationToken ct)
    {
        var view = await writer.ChangeAsync(user.Id, taskId, task => task.Restore(user.Id, clock.Now()), ct);
        return view is null ? TypedResults.NotFound() : TypedResults.Ok(view);
    }
}
