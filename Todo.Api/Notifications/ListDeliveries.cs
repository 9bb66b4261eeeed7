using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Todo.Api.Identity;
using Todo.Api.Storage;
using Todo.Api.Tasks;
using Todo.Contracts.Notifications;

namespace Todo.Api.Notifications;

/// <summary>GET /tasks/{taskId}/deliveries — what became of the reminders of a task, by every channel.</summary>
internal static class ListDeliveries
{
    private const int Most = 200;

    public static async Task<Results<Ok<DeliveryList>, NotFound>> Handle(Guid taskId, TodoDbContext db, CurrentUser user, CancellationToken ct)
    {
        var rows = await db.Deliveries.Where(d => d.TaskId == taskId && d.UserId == user.Id)
            .OrderByDescending(d => d.ExpectedAt).ThenBy(d => d.DeliveryId).Take(Most).ToListAsync(ct);
        if (rows.Count == 0 && !await db.TasksOf(user.Id).AnyAsync(t => t.TaskId == taskId, ct))
            return TypedResults.NotFound();
        return TypedResults.Ok(new DeliveryList(rows.ConvertAll(row => row.ToView())));
    }
}
