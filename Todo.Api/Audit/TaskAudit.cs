using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Todo.Api.Identity;
using Todo.Api.Storage;
using Todo.Api.Tasks;
using Todo.Contracts.Audit;

namespace Todo.Api.Audit;

/// <summary>GET /tasks/{taskId}/audit — all that was ever recorded about a task; it outlives the task.</summary>
internal static class TaskAudit
{
    private const int PageSize = 100;

    public static async Task<Results<Ok<AuditPage>, NotFound>> Handle(
        Guid taskId, TodoDbContext db, CurrentUser user, CancellationToken ct, [Description("`next` of the page before.")] string? cursor = null)
    {
        var entries = db.AuditOf(user.Id).Where(e => e.TaskId == taskId);
        var rows = await AuditPages.After(entries, cursor).Take(PageSize + 1).ToListAsync(ct);
        if (rows.Count == 0 && !await db.TasksOf(user.Id).AnyAsync(t => t.TaskId == taskId, ct))
            return TypedResults.NotFound();
        return TypedResults.Ok(AuditPages.Page(rows, PageSize));
    }
}

internal static class AuditPages
{
    /// <summary>What a user may read of the audit: what is theirs.</summary>
    public static IQueryable<AuditEntry> AuditOf(this TodoDbContext db, Guid userId) => db.Audit.Where(e => e.OwnerId == userId);

    public static IQueryable<AuditEntry> After(IQueryable<AuditEntry> entries, string? cursor)
    {
        if (Cursor.Read(cursor, 1) is [var last] && long.TryParse(last, out var lastId))
            entries = entries.Where(e => e.AuditId < lastId);
        return entries.OrderByDescending(e => e.AuditId);
    }

    public static AuditPage Page(List<AuditEntry> rows, int size) => new(
        [.. rows.Take(size).Select(View)],
        rows.Count > size ? Cursor.Write(rows[size - 1].AuditId.ToString(CultureInfo.InvariantCulture)) : null);

    private static AuditEntryView View(AuditEntry entry)
    {
        using var payload = JsonDocument.Parse(entry.Payload);
        return new AuditEntryView
        {
            AuditId = entry.AuditId,
            MessageId = entry.MessageId,
            Type = entry.Type,
            TaskId = entry.TaskId,
            OwnerId = entry.OwnerId,
            ActorId = entry.ActorId,
            OccurredAt = entry.OccurredAt,
            RecordedAt = entry.RecordedAt,
            CorrelationId = entry.CorrelationId,
            Topic = entry.Topic,
            Payload = payload.RootElement.Clone(),
        };
    }
}
