using Microsoft.AspNetCore.Http.HttpResults;
using Todo.Api.Identity;
using Todo.Api.Settings;
using Todo.Api.Storage;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

/// <summary>PATCH /tasks/{taskId} — touches the fields that were sent and no others.</summary>
internal static class UpdateTask
{
    public static async Task<Results<Ok<TaskView>, NotFound, ValidationProblem>> Handle(
        Guid taskId, UpdateTaskRequest request, TaskWriter writer, CurrentUser user, WhereaboutsOfUser whereabouts, TimeProvider clock, CancellationToken ct)
    {
        if (request.Problems() is { Count: > 0 } problems)
            return TypedResults.ValidationProblem(problems);

        var where = await whereabouts.FindAsync(ct);
        var view = await writer.ChangeAsync(user.Id, taskId, task => task.Update(request, user.Id, where, clock.Now()), ct);
        return view is null ? TypedResults.NotFound() : TypedResults.Ok(view);
    }
}
