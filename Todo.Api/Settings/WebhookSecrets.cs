using MassTransit;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Todo.Api.Edge;
using Todo.Api.Identity;
using Todo.Api.Storage;
using Todo.Contracts.Account;
using Todo.Contracts.Users;

namespace Todo.Api.Settings;

/// <summary>GET /account/webhook-secret and POST /account/webhook-secret/rotate — what webhooks are signed with, for its owner's eyes.</summary>
internal static class WebhookSecrets
{
    private const string SigningKey = "App:SigningKey";

    public static async Task<Results<Ok<WebhookSecret>, ProblemHttpResult>> Show(
        PreferencesStore preferences, CurrentUser user, IConfiguration configuration, CancellationToken ct)
    {
        if (configuration[SigningKey] is not { Length: > 0 } key)
            return NoKey();
        var (turn, _) = await preferences.GetWebhookAsync(user.Id, ct);
        return TypedResults.Ok(WebhookSecret.Of(key, user.Id, turn.Generation, turn.RotatedAt));
    }

    /// <summary>The one before goes on signing beside the new one for a day, so that receivers can be changed in peace.</summary>
    public static async Task<Results<Ok<WebhookSecret>, ProblemHttpResult>> Rotate(
        PreferencesStore preferences, CurrentUser user, TodoDbContext db, ITopicProducer<Guid, PreferencesChanged> facts,
        IConfiguration configuration, TimeProvider clock, CancellationToken ct)
    {
        if (configuration[SigningKey] is not { Length: > 0 } key)
            return NoKey();
        var (turn, etag) = await preferences.GetWebhookAsync(user.Id, ct);
        var next = new WebhookTurn(turn.Generation + 1, clock.Now());
        if (!await preferences.TrySaveWebhookAsync(user.Id, next, etag, ct))
            return Problem.Conflict("It was rotated a moment ago; read it again.");

        var preferred = (await preferences.GetAsync(user.Id, ct)).Preferences;
        var email = await db.Users.Where(u => u.Id == user.Id).Select(u => u.Email).SingleAsync(ct);
        await facts.Produce(user.Id, new PreferencesChanged(user.Id, email!, preferred, clock.Now(), next.Generation, next.RotatedAt), ct);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(WebhookSecret.Of(key, user.Id, next.Generation, next.RotatedAt));
    }

    private static ProblemHttpResult NoKey() => Problem.Conflict($"No key signs webhooks here ({SigningKey}).");
}
