using MassTransit;
using Microsoft.AspNetCore.Http.HttpResults;
using Todo.Api.Edge;
using Todo.Api.Identity;
using Todo.Api.Storage;
using Todo.Contracts.Users;

namespace Todo.Api.Notifications;

/// <summary>POST /notifications/test — asks for one on every channel of the preferences.</summary>
internal static class TestNotification
{
    public static async Task<Accepted> Handle(
        TodoDbContext db, CurrentUser user, ITopicProducer<Guid, TestNotificationRequested> facts, HttpContext http, TimeProvider clock, CancellationToken ct)
    {
        await facts.Produce(user.Id, new TestNotificationRequested(user.Id, IdempotencyKey.IdFor(http) ?? Guid.NewGuid(), clock.Now()), ct);
        await db.SaveChangesAsync(ct);
        return TypedResults.Accepted((string?)null);
    }
}
