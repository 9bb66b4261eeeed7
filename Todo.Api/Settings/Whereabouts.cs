using Todo.Api.Identity;

namespace Todo.Api.Settings;

/// <summary>How a person's days run: the zone they are in, and when reminders of tasks without a time come.</summary>
internal sealed record Whereabouts(string Zone, TimeOnly? AllDayTime = null);

/// <summary>Finds out where the person asking is: what the request says itself, else what the browser says, else their preferences.</summary>
internal sealed class WhereaboutsOfUser(CurrentUser user, PreferencesStore preferences)
{
    public async Task<Whereabouts> FindAsync(CancellationToken ct, string? asked = null)
    {
        var preferred = await preferences.RecallAsync(user.Id, ct);
        var zone = asked is not null && CurrentUser.IsZone(asked) ? asked : user.Zone ?? preferred.Zone;
        return new Whereabouts(zone, preferred.AllDayTime);
    }
}
