using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Todo.Api.Identity;
using Todo.Api.Settings;
using Todo.Api.Storage;
using Todo.Contracts.Lists;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

/// <summary>GET /tasks/counts — the numbers beside the names of the lists, in one query.</summary>
internal static class CountTasks
{
    public static async Task<Ok<CountsView>> Handle(
        TodoDbContext db, CurrentUser user, WhereaboutsOfUser whereabouts, TimeProvider clock, CancellationToken ct)
    {
        var today = TodayIn.Zone((await whereabouts.FindAsync(ct)).Zone, clock.Now()).Today;
        var counts = await db.TasksOf(user.Id).Where(t => t.State == TaskState.Open && t.DeletedAt == null)
            .GroupBy(t => t.ProjectId)
            .Select(g => new
            {
                ProjectId = g.Key,
                Open = g.Count(),
                Overdue = g.Count(t => t.DueDate < today),
                Today = g.Count(t => t.DueDate == today),
                Upcoming = g.Count(t => t.DueDate > today),
            })
            .ToListAsync(ct);
        return TypedResults.Ok(new CountsView(
            counts.Where(c => c.ProjectId is null).Sum(c => c.Open), counts.Sum(c => c.Overdue), counts.Sum(c => c.Today), counts.Sum(c => c.Upcoming),
            counts.Sum(c => c.Open), counts.Where(c => c.ProjectId is not null).ToDictionary(c => c.ProjectId!.Value, c => c.Open)));
    }
}
