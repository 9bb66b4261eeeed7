using System.ComponentModel;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Todo.Api.Identity;
using Todo.Api.Storage;
using Todo.Contracts;
using Todo.Contracts.Live;

namespace Todo.Api.Live;

/// <summary>GET /changes?since= — what a client missed. Without <c>since</c>: where the feed stands, before the client lists everything.</summary>
internal static class ChangesSince
{
    private const int PageSize = 500;

    public static async Task<Results<Ok<ChangesPage>, ValidationProblem>> Handle(
        TodoDbContext db, CurrentUser user, CancellationToken ct, [Description("The last sequence number you saw. Leave it out to learn where the feed stands, before you load the lists.")] long? since = null)
    {
        var userId = user.Id;
        var feed = await db.Owners.AsNoTracking().SingleOrDefaultAsync(o => o.OwnerId == userId, ct)
            ?? new OwnerSequence { OwnerId = userId };
        if (since is null || since < feed.ForgottenUpTo || since > feed.Sequence)
            return TypedResults.Ok(new ChangesPage([], feed.Sequence, More: false, FullSync: true));

        var rows = await db.Changes.AsNoTracking().Where(c => c.OwnerId == userId && c.Sequence > since)
            .OrderBy(c => c.Sequence).Take(PageSize + 1).ToListAsync(ct);
        var page = rows.Take(PageSize).ToList();
        var latest = page.GroupBy(c => c.TaskId).Select(changes => changes.Last()).OrderBy(c => c.Sequence).Select(View);
        return TypedResults.Ok(new ChangesPage([.. latest], page is [.., var last] ? last.Sequence : since.Value, rows.Count > PageSize, FullSync: false));
    }

    private static TaskChanged View(ChangeRow row) => new(
        row.OwnerId, row.Sequence, row.TaskId,
        row.Task is null ? null : JsonSerializer.Deserialize(row.Task, ContractsJson.Default.TaskView),
        row.CommandId, row.OccurredAt);
}
