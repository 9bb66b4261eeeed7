using System.Text.Encodings.Web;
using MassTransit;
using Microsoft.AspNetCore.Http.HttpResults;
using Todo.Api.Storage;
using Todo.Contracts.Users;

namespace Todo.Api.Notifications;

/// <summary>
/// The link in our mails. Mail programs POST to it by themselves (RFC 8058), people get a page with a button, because some
/// scanners follow every link. Whether the proof holds is for those to say who signed it.
/// </summary>
internal static class Unsubscribe
{
    private const int LongestProof = 200;

    public static ContentHttpResult Ask(Guid userId, string? proof = null) => TypedResults.Content(
        $"""
        <!DOCTYPE html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>TodoBus mails</title>
        <h1>No more mails?</h1><form method="post" action="/unsubscribe/{userId}?proof={UrlEncoder.Default.Encode(proof ?? "")}"><button>Stop mails from TodoBus</button></form></html>
        """, "text/html; charset=utf-8");

    public static async Task<Results<ContentHttpResult, BadRequest>> Handle(
        Guid userId, TodoDbContext db, ITopicProducer<Guid, EmailUnsubscribed> facts, TimeProvider clock, CancellationToken ct, string? proof = null)
    {
        if (proof is not { Length: > 0 and <= LongestProof } || proof.Any(char.IsControl))
            return TypedResults.BadRequest();
        await facts.Produce(userId, new EmailUnsubscribed(userId, proof, clock.Now()), ct);
        await db.SaveChangesAsync(ct);
        return TypedResults.Content("<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>TodoBus mails</title><h1>Done. No more mails.</h1></html>", "text/html; charset=utf-8");
    }
}
