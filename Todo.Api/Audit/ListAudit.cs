using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Todo.Api.Identity;
using Todo.Api.Storage;
using Todo.Contracts;
using Todo.Contracts.Audit;

namespace Todo.Api.Audit;

/// <summary>GET /audit — by task, type, time or correlation, newest first. Users see what is theirs, operators everything.</summary>
internal static class ListAudit
{
    private const int PageSize = 100;

    public static async Task<Results<Ok<AuditPage>, ValidationProblem>> Handle(
        TodoDbContext db, CurrentUser user, HttpContext http, CancellationToken ct,
        [Description("Only about this task, living or gone.")] Guid? taskId = null,
        [Description("Only of this type, as `todo.task.created.v1`.")] string? type = null,
        [Description("Only what happened at this moment or later.")] DateTimeOffset? from = null,
        [Description("Only what happened before this moment.")] DateTimeOffset? to = null,
        [Description("Only entries with this `correlationId`.")] string? correlationId = null,
        [Description("`next` of the page before.")] string? cursor = null,
        [Description("True leaves out what is not yours; without it operators read everybody's.")] bool mine = false)
    {
        var problems = new Problems()
            .RequireText(type, "type", 0, 200).RequireText(correlationId, "correlationId", 0, 200)
            .Require(from is null or { Year: >= 1970 and <= 2200 }, "from", "Between the years 1970 and 2200.")
            .Require(to is null or { Year: >= 1970 and <= 2200 }, "to", "Between the years 1970 and 2200.");
        if (problems.Count > 0)
            return TypedResults.ValidationProblem(problems);

        var (start, end) = (from?.ToUniversalTime(), to?.ToUniversalTime());
        var entries = !mine && http.User.IsInRole(IdentitySetup.Operator) ? db.Audit : db.AuditOf(user.Id);
        if (taskId is not null)
            entries = entries.Where(e => e.TaskId == taskId);
        if (type is { Length: > 0 })
            entries = entries.Where(e => e.Type == type);
        if (correlationId is { Length: > 0 })
            entries = entries.Where(e => e.CorrelationId == correlationId);
        if (start is not null)
            entries = entries.Where(e => e.OccurredAt >= start);
        if (end is not null)
            entries = entries.Where(e => e.OccurredAt < end);
        return TypedResults.Ok(AuditPages.Page(await AuditPages.After(entries, cursor).Take(PageSize + 1).ToListAsync(ct), PageSize));
    }
}

internal static class AuditEndpoints
{
    public static RouteGroupBuilder MapAudit(this RouteGroupBuilder api)
    {
        api.MapGet("/audit", ListAudit.Handle).WithTags("Audit").WithSummary("What was recorded, by task, type, time or correlation.");
        return api;
    }
}
