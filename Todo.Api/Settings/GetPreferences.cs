using Microsoft.AspNetCore.Http.HttpResults;
using Todo.Api.Edge;
using Todo.Api.Identity;
using Todo.Contracts.Account;

namespace Todo.Api.Settings;

/// <summary>GET /preferences — with an ETag, so that two devices do not overwrite one another unseen.</summary>
internal static class GetPreferences
{
    public static async Task<Ok<Preferences>> Handle(PreferencesStore store, CurrentUser user, HttpContext http, CancellationToken ct)
    {
        var (preferences, etag) = await store.GetAsync(user.Id, ct);
        http.Response.Headers.ETag = ETags.Quote(etag ?? "0");
        return TypedResults.Ok(preferences);
    }
}
