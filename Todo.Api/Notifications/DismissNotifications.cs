using MassTransit;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Todo.Api.Identity;
using Todo.Api.Storage;
using Todo.Contracts.Notifications;

namespace Todo.Api.Notifications;

/// <summary>POST /notifications/{id}/dismiss and /notifications/dismiss-all — done with, on every device.</summary>
internal static class DismissNotifications
{
    private const int MostAtOnce = 1000;

    public static async Task<Results<NoContent, NotFound>> One(
        Guid notificationId, TodoDbContext db, CurrentUser user, ITopicProducer<Guid, NotificationDismissed> facts, TimeProvider clock, CancellationToken ct)
    {
        var row = await db.Notifications.SingleOrDefaultAsync(n => n.NotificationId == notificationId && n.UserId == user.Id, ct);
        if (row is null)
            return TypedResults.NotFound();
        await DismissAsync([row], db, facts, clock.Now(), ct);
        return TypedResults.NoContent();
    }

    public static async Task<NoContent> All(
        TodoDbContext db, CurrentUser user, ITopicProducer<Guid, NotificationDismissed> facts, TimeProvider clock, CancellationToken ct)
    {
        var rows = await db.Notifications.Where(n => n.UserId == user.Id && n.DismissedAt == null)
            .OrderBy(n => n.DeliveredAt).Take(MostAtOnce).ToListAsync(ct);
        await DismissAsync(rows, db, facts, clock.Now(), ct);
        return TypedResults.NoContent();
    }

    private static async Task DismissAsync(
        List<NotificationRow> rows, TodoDbContext db, ITopicProducer<Guid, NotificationDismissed> facts, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var row in rows.Where(row => row.DismissedAt is null))
        {
            row.DismissedAt = now;
            await facts.Produce(row.UserId, new NotificationDismissed(row.NotificationId, row.UserId, now), ct);
        }

        await db.SaveChangesAsync(ct);
    }
}
