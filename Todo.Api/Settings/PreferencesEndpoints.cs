namespace Todo.Api.Settings;

internal static class PreferencesEndpoints
{
    public static IServiceCollection AddPreferences(this IServiceCollection services) =>
        services.AddMemoryCache().AddSingleton<PreferencesStore>().AddScoped<WhereaboutsOfUser>().AddScoped<MoveTasks>();

    public static RouteGroupBuilder MapPreferences(this RouteGroupBuilder api)
    {
        var preferences = api.MapGroup("/preferences").WithTags("Preferences");
        preferences.MapGet("/", GetPreferences.Handle).WithSummary("Reads what you prefer.");
        preferences.MapPut("/", PutPreferences.Handle).WithSummary("Stores what you prefer.");
        return api;
    }
}
