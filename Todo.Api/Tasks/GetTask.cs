using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Todo.Api.Identity;
using Todo.Api.Storage;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

/// <summary>GET /tasks/{taskId} — one task, in the trash or not.</summary>
internal static class GetTask
{
    public static async Task<Results<Ok<TaskView>, NotFound>> Handle(
        Guid taskId, TodoDbContext db, CurrentUser user, CancellationToken ct) =>
        await db.TasksOf(user.Id).AsNoTracking().SingleOrDefaultAsync(t => t.TaskId == taskId, ct) is { } task
            ? TypedResults.Ok(task.ToView())
            : TypedResults.NotFound();
}
