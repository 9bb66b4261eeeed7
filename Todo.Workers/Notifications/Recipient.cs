using Todo.Contracts.Account;

namespace Todo.Workers.Notifications;

/// <summary>Where a user's notifications go, as they last said.</summary>
internal sealed class Recipient
{
    public Guid UserId { get; init; }

    public string Email { get; set; } = "";

    public Preferences Preferences { get; set; } = new();

    /// <summary>Which of their webhook secrets signs, and since when.</summary>
    public int WebhookGeneration { get; set; }

    public DateTimeOffset? WebhookRotatedAt { get; set; }

    /// <summary>When they said so; what is older is ignored.</summary>
    public DateTimeOffset SaidAt { get; set; }

    /// <summary>Set when they used the link in a mail; no mail goes out after it until they ask for mails anew.</summary>
    public DateTimeOffset? UnsubscribedAt { get; set; }

    /// <summary>The last local day a digest was written for.</summary>
    public DateOnly? DigestedOn { get; set; }
}
