using System.Globalization;
using Todo.Api.Identity;
using Todo.Contracts;
using Todo.Contracts.Account;
using Todo.Contracts.Notifications;

namespace Todo.Api.Settings;

/// <summary>What preferences may say.</summary>
internal static class PreferencesRules
{
    private static readonly string[] Channels = ["email", "webhook"];

    public static Problems Problems(this Preferences preferences) => new Problems()
        .Require(preferences.Zone is { Length: <= 64 } zone && CurrentUser.IsZone(zone), "zone", "Not a zone of the tz database.")
        .Require(IsLocale(preferences.Locale), "locale", "Not a language tag.")
        .Require(Enum.IsDefined(preferences.WeekStart), "weekStart", "A day of the week.")
        .Require(preferences.QuietHours is { Count: <= 14 } && preferences.QuietHours.All(q => q is { Days.Count: <= 7 } && q.Days.All(Enum.IsDefined)),
            "quietHours", "At most 14, each on days of the week.")
        .Require(preferences.Channels is { Count: <= 2 } && preferences.Channels.All(Channels.Contains), "channels", "email, webhook.")
        .Require(preferences.ChannelsByKind is not null && preferences.ChannelsByKind.All(IsWay), "channelsByKind", $"{string.Join(", ", NotificationKinds.Chosen)}: email, webhook.")
        .Require(!Asks(preferences, "webhook") || IsWebAddress(preferences.WebhookUrl), "webhookUrl", "An http or https address.")
        .Require(preferences.WebhookUrl is null || IsWebAddress(preferences.WebhookUrl), "webhookUrl", "An http or https address.")
        .Require(preferences.Theme is "system" or "light" or "dark", "theme", "system, light or dark.")
        .Require(preferences.Density is "comfortable" or "compact", "density", "comfortable or compact.");

    private static bool IsWay(KeyValuePair<string, IReadOnlyList<string>> kind) =>
        NotificationKinds.Chosen.Contains(kind.Key) && kind.Value is { Count: <= 2 } && kind.Value.All(Channels.Contains);

    private static bool Asks(Preferences preferences, string channel) =>
        preferences.Channels?.Contains(channel) == true || preferences.ChannelsByKind?.Values.Any(channels => channels?.Contains(channel) == true) == true;

    private static bool IsWebAddress(string? address) =>
        address is { Length: <= 500 } && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    private static bool IsLocale(string? locale)
    {
        if (locale is not { Length: <= 20 })
            return false;
        try
        {
            return CultureInfo.GetCultureInfo(locale, predefinedOnly: true).Name.Length > 0;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }
}
