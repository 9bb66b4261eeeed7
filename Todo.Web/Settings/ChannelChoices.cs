using Todo.Contracts.Account;
using Todo.Contracts.Notifications;

namespace Todo.Web.Settings;

/// <summary>Which kind of notification travels which way, as switches; beside the list in the app, where all of them are.</summary>
public static class ChannelChoices
{
    public static IReadOnlyList<string> Channels { get; } = ["email", "webhook"];

    public static IReadOnlyList<(string Name, string Words)> Kinds { get; } =
        [(NotificationKinds.Reminder, "Reminders"), (NotificationKinds.Missed, "What was missed while away"), (NotificationKinds.Digest, "The daily digest")];

    public static bool Has(Preferences preferences, string kind, string channel) => Of(preferences, kind).Contains(channel);

    public static Preferences With(Preferences preferences, string kind, string channel, bool wanted)
    {
        IReadOnlyList<string> ways = [.. Channels.Where(known => known == channel ? wanted : Has(preferences, kind, known))];
        var changed = new Dictionary<string, IReadOnlyList<string>>(preferences.ChannelsByKind) { [kind] = ways };
        if (kind != NotificationKinds.Reminder)
            return preferences with { ChannelsByKind = changed };

        // Reminders are the general list; one word for them is enough.
        changed.Remove(kind);
        return preferences with { Channels = ways, ChannelsByKind = changed };
    }

    /// <summary>Takes a channel away from every kind.</summary>
    public static Preferences Without(Preferences preferences, string channel) =>
        Kinds.Aggregate(preferences, (without, kind) => Has(without, kind.Name, channel) ? With(without, kind.Name, channel, wanted: false) : without);

    /// <summary>Quiet hours with a day more or less; no days named means every day.</summary>
    public static QuietHours Toggle(QuietHours quiet, DayOfWeek day)
    {
        var days = quiet.Days.Count == 0 ? Enum.GetValues<DayOfWeek>().ToHashSet() : quiet.Days.ToHashSet();
        if (!days.Remove(day))
            days.Add(day);
        return days.Count == 0 ? quiet : quiet with { Days = days.Count == 7 ? [] : [.. days.Order()] };
    }

    private static IReadOnlyList<string> Of(Preferences preferences, string kind) => preferences.ChannelsByKind.TryGetValue(kind, out var ways) ? ways : kind switch
    {
        NotificationKinds.Reminder => preferences.Channels,
        NotificationKinds.Digest => ["email"],
        _ => [],
    };
}
