using MassTransit;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Todo.Api.Edge;
using Todo.Api.Identity;
using Todo.Api.Storage;
using Todo.Contracts.Account;
using Todo.Contracts.Users;

namespace Todo.Api.Settings;

/// <summary>PUT /preferences — stores them and tells those who deliver reminders.</summary>
/// <remarks>
/// Two stores cannot commit together. The state is saved first and the fact is said on every PUT, changed or not: whoever
/// got no answer asks again, and that says the fact too.
/// </remarks>
internal static class PutPreferences
{
    private const int Attempts = 5;

    public static async Task<Results<Ok<Preferences>, ValidationProblem, ProblemHttpResult>> Handle(
        Preferences preferences, PreferencesStore store, CurrentUser user, TodoDbContext db,
        ITopicProducer<Guid, PreferencesChanged> facts, MoveTasks tasks, HttpContext http, TimeProvider clock, CancellationToken ct)
    {
        if (preferences.Problems() is { Count: > 0 } problems)
            return TypedResults.ValidationProblem(problems);
        if (!await SaveAsync(preferences, store, user, http, ct))
            return Problem.PreconditionFailed("The preferences have changed since; read them again.");

        var email = await db.Users.Where(u => u.Id == user.Id).Select(u => u.Email).SingleAsync(ct);
        var (webhook, _) = await store.GetWebhookAsync(user.Id, ct);
        await facts.Produce(user.Id, new PreferencesChanged(user.Id, email!, preferences, clock.Now(), webhook.Generation, webhook.RotatedAt), ct);
        await db.SaveChangesAsync(ct);
        await tasks.ToAsync(new Whereabouts(preferences.Zone, preferences.AllDayTime), user.Id, ct);
        http.Response.Headers.ETag = ETags.Quote((await store.GetAsync(user.Id, ct)).ETag ?? "0");
        return TypedResults.Ok(preferences);
    }

    private static async Task<bool> SaveAsync(
        Preferences preferences, PreferencesStore store, CurrentUser user, HttpContext http, CancellationToken ct)
    {
        var expected = ETags.IfMatch(http);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var (_, etag) = await store.GetAsync(user.Id, ct);
            if (expected is not null && expected != (etag ?? "0"))
                return false;
            if (await store.TrySaveAsync(user.Id, preferences, etag, ct))
                return true;
        }

        return false;
    }
}
