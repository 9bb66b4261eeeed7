using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Todo.Api.Edge;
using Todo.Api.Identity;
using Todo.Api.Settings;
using Todo.Api.Storage;
using Todo.Contracts.Bulk;

namespace Todo.Api.Tasks;

/// <summary>POST /undo/{undoToken} — takes back what one request changed, once, within an hour.</summary>
internal static class UndoChange
{
    public static async Task<Results<Ok<UndoAnswer>, NotFound, ProblemHttpResult>> Handle(
        Guid undoToken, TodoDbContext db, TaskWriter writer, OneLiveOccurrence live, CurrentUser user, WhereaboutsOfUser whereabouts, TimeProvider clock, CancellationToken ct)
    {
        var (userId, now) = (user.Id, clock.Now());
        var where = await whereabouts.FindAsync(ct);
        await writer.BeginAsync(userId, ct);
        var undo = await db.Undos.SingleOrDefaultAsync(u => u.UndoId == undoToken && u.OwnerId == userId && u.ExpiresAt > now, ct);
        if (undo is null || undo.UsedAt is not null)
        {
            await writer.AbandonAsync();
            return undo is null ? TypedResults.NotFound() : Problem.Conflict("This has been taken back already.");
        }

        undo.UsedAt = now;
        var tasks = new List<TaskItem>();
        foreach (var step in Enumerable.Reverse(undo.Read()))
        {
            if (await writer.FindAsync(step.After.TaskId, ct) is not { } task)
                continue;
            var wasLive = task.IsLive;
            var facts = task.Revert(step.Before, step.After, userId, where, now).ToList();
            if (task.IsLive && !wasLive)
                await live.MakeRoomForAsync(task, userId, now, ct); // throws before anything is kept
            facts.ForEach(writer.Tell);
            tasks.Add(task);
        }

        await writer.CommitAsync(ct);
        await db.SaveChangesAsync(ct); // where nothing was left to take back, nothing was committed: the token is used up all the same
        return TypedResults.Ok(new UndoAnswer([.. tasks.Select(task => task.ToView())]));
    }
}
