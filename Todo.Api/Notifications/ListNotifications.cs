using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Todo.Api.Identity;
using Todo.Api.Storage;
using Todo.Api.Tasks;
using Todo.Contracts.Notifications;

namespace Todo.Api.Notifications;

/// <summary>GET /notifications — what is under the bell, newest first.</summary>
internal static class ListNotifications
{
    private const int PageSize = 50;

    /// <summary>Nobody reads a number above this; counting on would only cost.</summary>
    private const int MostCounted = 1000;

    public static async Task<Ok<NotificationPage>> Handle(TodoDbContext db, CurrentUser user, CancellationToken ct, [Description("`next` of the page before.")] string? cursor = null)
    {
        var userId = user.Id;
        var open = db.Notifications.AsNoTracking().Where(n => n.UserId == userId && n.DismissedAt == null);
        var unread = await open.OrderByDescending(n => n.DeliveredAt).Take(MostCounted).CountAsync(ct);

        var rows = await After(open, cursor).OrderByDescending(n => n.DeliveredAt).ThenByDescending(n => n.NotificationId).Take(PageSize + 1).ToListAsync(ct);
        var next = rows.Count > PageSize
            ? Cursor.Write(rows[PageSize - 1].DeliveredAt.ToString("O", CultureInfo.InvariantCulture), rows[PageSize - 1].NotificationId.ToString())
            : null;
        return TypedResults.Ok(new NotificationPage([.. rows.Take(PageSize).Select(n => n.ToView())], next, unread));
    }

    private static IQueryable<NotificationRow> After(IQueryable<NotificationRow> rows, string? cursor)
    {
        if (Cursor.Read(cursor, 2) is not [var at, var id] || !Guid.TryParse(id, out var lastId)
            || !DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var lastAt))
            return rows;
        return rows.Where(n => EF.Functions.LessThan(ValueTuple.Create(n.DeliveredAt, n.NotificationId), ValueTuple.Create(lastAt, lastId)));
    }
}
