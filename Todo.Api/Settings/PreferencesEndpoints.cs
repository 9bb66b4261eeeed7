using Todo.Api.Edge;
using Todo.Api.Identity;

namespace Todo.Api.Settings;

internal static class PreferencesEndpoints
{
    public static IServiceCollection AddPreferences(this IServiceCollection services) =>
        services.AddMemoryCache().AddSingleton<PreferencesStore>().AddScoped<WhereaboutsOfUser>().AddScoped<MoveTasks>();

    public static RouteGroupBuilder MapPreferences(this RouteGroupBuilder api)
    {
        var preferences = api.MapGroup("/preferences").WithTags("Preferences");
        preferences.MapGet("/", GetPreferences.Handle).WithSummary("Reads what you prefer.");
        preferences.MapPut("/", PutPreferences.Handle).WithSummary("Stores what you prefer.").ProducesProblem(StatusCodes.Status412PreconditionFailed);

        var webhook = api.MapGroup("/account/webhook-secret").WithTags("Account").WithMetadata(new NeedsScope("account"), new NeedsBrowser());
        webhook.MapGet("/", WebhookSecrets.Show).WithSummary("What your webhooks are signed with.");
        webhook.MapPost("/rotate", WebhookSecrets.Rotate).WithSummary("Makes a new secret; the one before signs beside it for a day.").WithMetadata(new ShowsSecretOnce());
        return api;
    }
}
