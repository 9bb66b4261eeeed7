using Todo.Contracts.Account;
using Todo.Web.Dates;
using Todo.Web.Http;
using Todo.Web.Layout;

namespace Todo.Web.Settings;

/// <summary>What the person prefers; the look also rests in the browser, so that it holds before the first answer.</summary>
public sealed class PreferenceStore(Api api, Outgoing outgoing, UserClock clock, Browser browser, Toasts toasts)
{
    public event Action? Changed;

    public Preferences Current { get; private set; } = new();

    /// <summary>Takes over what this browser remembers, before the server is asked.</summary>
    public async Task LookAsync()
    {
        var facts = await browser.FactsAsync();
        clock.TwelveHours = facts.TwelveHours;
        Current = Current with { Theme = facts.Theme, Density = facts.Density, Shortcuts = facts.Shortcuts, Zone = clock.Zone.Id };
    }

    public async Task LoadAsync()
    {
        var answer = await api.GetAsync<Preferences>("preferences");
        if (answer.Value is { } preferences)
            await UseAsync(preferences);
    }

    public async Task SaveAsync(Preferences preferences)
    {
        var (before, command) = (Current, Guid.NewGuid().ToString());
        await UseAsync(preferences);
        if (await outgoing.SendInOrderAsync(() => api.SendAsync(HttpMethod.Put, "preferences", Api.Json(preferences), command)) is not { } problem)
            return;
        await UseAsync(before);
        await LoadAsync(); // what was changed elsewhere meanwhile stays
        toasts.Error($"Settings not saved. {problem.Message}", () => SaveAsync(preferences));
    }

    private async Task UseAsync(Preferences preferences)
    {
        Current = preferences;
        clock.Use(preferences.Zone);
        clock.WeekStart = preferences.WeekStart;
        clock.AllDayTime = preferences.AllDayTime;
        Changed?.Invoke();
        await browser.LookAsync(preferences.Theme, preferences.Density);
        await browser.EnableKeysAsync(preferences.Shortcuts);
    }
}

internal static class SettingsServices
{
    public static IServiceCollection AddSettings(this IServiceCollection services) => services.AddSingleton<PreferenceStore>();
}
