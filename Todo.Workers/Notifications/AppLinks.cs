using System.Security.Cryptography;
using System.Text;

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

    /// <summary>What a user's webhooks are signed with: theirs alone, worked out from ours, so that nothing has to be kept.</summary>
    public byte[]? WebhookKey(Guid userId) => signingKey is { Length: > 0 }
        ? HMACSHA256.HashData(Encoding.UTF8.GetBytes(signingKey), Encoding.UTF8.GetBytes($"webhook {userId:D}"))
        : null;

    private string Proof(Guid userId) => Convert.ToHexStringLower(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(signingKey!), Encoding.UTF8.GetBytes($"unsubscribe {userId:D}")))[..32];
}
