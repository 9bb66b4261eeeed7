using System.Security.Cryptography;
using System.Text;
using Todo.Contracts.Account;

namespace Todo.Workers.Notifications;

/// <summary>Addresses of the app that go into messages.</summary>
internal sealed class AppLinks(Uri app, string? signingKey)
{
    public string Task(Guid? taskId) => new Uri(app, taskId is { } id ? $"tasks/{id:D}" : "").ToString();

    /// <summary>The one-click link out of mails; null while no key signs it, because anybody could make one up.</summary>
    public string? Unsubscribe(Guid userId) => signingKey is { Length: > 0 }
        ? new Uri(app, $"unsubscribe/{userId:D}?proof={Proof(userId)}").ToString()
        : null;

    public bool IsProof(Guid userId, string proof) =>
        signingKey is { Length: > 0 }
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Proof(userId)), Encoding.UTF8.GetBytes(proof));

    /// <summary>What a user's webhooks are signed with: the present key first, and for a while after a rotation the one before it too.</summary>
    public IReadOnlyList<byte[]> WebhookKeys(Recipient recipient, DateTimeOffset now)
    {
        if (signingKey is not { Length: > 0 })
            return [];
        var present = WebhookSecret.Key(signingKey, recipient.UserId, recipient.WebhookGeneration);
        return recipient.WebhookGeneration > 0 && now - recipient.WebhookRotatedAt < WebhookSecret.Overlap
            ? [present, WebhookSecret.Key(signingKey, recipient.UserId, recipient.WebhookGeneration - 1)]
            : [present];
    }

    private string Proof(Guid userId) => Convert.ToHexStringLower(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(signingKey!), Encoding.UTF8.GetBytes($"unsubscribe {userId:D}")))[..32];
}
