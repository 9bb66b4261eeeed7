using Microsoft.AspNetCore.Http.HttpResults;
using Todo.Api.Identity;
using Todo.Api.Storage;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

/// <summary>DELETE /tasks/{taskId} — to the trash, from which it can come back for 30 days.</summary>
internal static class DeleteTask
{
    public static async Task<Results<Ok<TaskView>, NotFound>> Handle(
        Guid taskId, TaskWriter writer, CurrentUser user, TimeProvider clock, CancellationToken ct)
    {
        var view = await writer.ChangeAsync(user.Id, taskId, task => task.Delete(user.Id, clock.Now()), ct);
        return view is null ? TypedResults.NotFound() : TypedResults.Ok(view);
    }
}
