using Microsoft.AspNetCore.Http.HttpResults;
using Todo.Api.Edge;
using Todo.Api.Identity;
using Todo.Api.Settings;
using Todo.Api.Storage;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

/// <summary>POST /tasks — stores the task and the fact that it exists, or neither. The same id twice is the same task.</summary>
internal static class CreateTask
{
    public static async Task<Results<Created<TaskView>, ValidationProblem, ProblemHttpResult>> Handle(
        CreateTaskRequest request, TaskWriter writer, TodoDbContext db, CurrentUser user, WhereaboutsOfUser whereabouts,
        HttpContext http, TimeProvider clock, CancellationToken ct)
    {
        if (request.Problems() is { Count: > 0 } problems)
            return TypedResults.ValidationProblem(problems);

        var taskId = request.TaskId ?? IdempotencyKey.IdFor(http) ?? Guid.CreateVersion7(clock.Now());
        var (task, created) = TaskItem.Create(taskId, user.Id, request, await whereabouts.FindAsync(ct, request.Zone), clock.Now());

        await writer.BeginAsync(user.Id, ct);
        if (await db.Tasks.FindAsync([taskId], ct) is { } known)
        {
            await writer.CommitAsync(ct);
            return known.OwnerId == user.Id ? Answer(known.ToView()) : Problem.Conflict("This id is taken; make a new one.");
        }

        db.Tasks.Add(task);
        writer.Tell(task, created);
        await writer.CommitAsync(ct);
        return Answer(task.ToView());
    }

    private static Created<TaskView> Answer(TaskView view) => TypedResults.Created($"/api/v1/tasks/{view.TaskId}", view);
}
