using Todo.Contracts.Account;
using Todo.Contracts.Notifications;

namespace Todo.Workers.Notifications;

/// <summary>The ways a notification travels, by name.</summary>
internal static class Channels
{
    public const string InApp = "in-app";
    public const string Email = "email";
    public const string Webhook = "webhook";

    public static readonly string[] All = [InApp, Email, Webhook];

    private static readonly string[] Asked = [Email, Webhook];

    /// <summary>The list in the app, except for digests; the others as the user wishes for this kind. A user not heard of yet gets mail, as a new one does.</summary>
    public static IEnumerable<string> Of(Recipient? recipient, string kind) =>
        [.. kind == NotificationKinds.Digest ? Array.Empty<string>() : [InApp], .. Asked.Where(channel => recipient.Wants(channel, kind))];

    public static bool Wants(this Recipient? recipient, string channel, string kind) =>
        channel == InApp
        || (Wished(recipient?.Preferences ?? new Preferences(), kind).Contains(channel) && (channel != Email || recipient?.UnsubscribedAt is null));

    /// <summary>True when some kind of notification is to come by mail.</summary>
    public static bool WantMails(this Preferences preferences) =>
        preferences.Channels.Contains(Email) || preferences.ChannelsByKind.Values.Any(channels => channels.Contains(Email));

    private static IReadOnlyList<string> Wished(Preferences preferences, string kind) => kind switch
    {
        _ when preferences.ChannelsByKind.TryGetValue(kind, out var channels) => channels,
        NotificationKinds.Digest => [Email],
        NotificationKinds.Missed or NotificationKinds.Undelivered => [],
        NotificationKinds.Test => [.. preferences.ChannelsByKind.Values.SelectMany(channels => channels).Union(preferences.Channels)],
        _ => preferences.Channels,
    };
}
