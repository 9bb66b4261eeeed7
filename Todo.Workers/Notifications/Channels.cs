namespace Todo.Workers.Notifications;

/// <summary>The ways a reminder travels, by name.</summary>
internal static class Channels
{
    public const string InApp = "in-app";
    public const string Email = "email";
    public const string Webhook = "webhook";

    private static readonly string[] Asked = [Email, Webhook];

    /// <summary>The list in the app always; the others as the user wishes. A user not heard of yet gets mail, as a new one does.</summary>
    public static IEnumerable<string> Of(Recipient? recipient)
    {
        var wished = recipient?.Preferences.Channels ?? [Email];
        return [InApp, .. Asked.Where(channel => wished.Contains(channel) && (channel != Email || recipient?.UnsubscribedAt is null))];
    }
}
