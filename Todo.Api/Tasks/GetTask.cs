using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Todo.Api.Edge;
using Todo.Api.Identity;
using Todo.Api.Storage;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

/// <summary>GET /tasks/{taskId} — one task, in the trash or not, with its version as ETag.</summary>
internal static class GetTask
{
    public static async Task<Results<Ok<TaskView>, NotFound>> Handle(
        Guid taskId, TodoDbContext db, CurrentUser user, HttpContext http, CancellationToken ct)
    {
        if (await db.TasksOf(user.Id).AsNoTracking().SingleOrDefaultAsync(t => t.TaskId == taskId, ct) is not { } task)
            return TypedResults.NotFound();
        var view = task.ToView();
        http.Response.Headers.ETag = ETags.Of(view);
        return TypedResults.Ok(view);
    }
}
