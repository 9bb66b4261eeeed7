using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Todo.Api.Identity;
using Todo.Api.Settings;
using Todo.Api.Storage;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

/// <summary>GET /tasks — one page of a view, by keyset: a page costs the same however far in it is.</summary>
internal static class ListTasks
{
    public const int DefaultLimit = 100;
    public const int MaxLimit = 500;

    public static async Task<Results<Ok<TaskPage>, ValidationProblem>> Handle(
        TodoDbContext db, CurrentUser user, WhereaboutsOfUser whereabouts, TimeProvider clock, CancellationToken ct,
        string view = "open", string? cursor = null, int limit = DefaultLimit)
    {
        if (TaskViews.Find(view) is not { } tasks)
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["view"] = [$"One of {TaskViews.Names}."] });

        var day = TodayIn.Zone((await whereabouts.FindAsync(ct)).Zone, clock.Now());
        var size = Math.Clamp(limit, 1, MaxLimit);
        var rows = await tasks.Page(db.TasksOf(user.Id).AsNoTracking(), day, cursor).Take(size + 1).ToListAsync(ct);

        var next = rows.Count > size ? tasks.CursorOf(rows[size - 1]) : null;
        return TypedResults.Ok(new TaskPage([.. rows.Take(size).Where(task => tasks.Shows(task, day)).Select(task => task.ToView())], next));
    }
}
