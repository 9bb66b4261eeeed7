using System.Security.Cryptography;
using System.Text;

namespace Todo.Contracts.Account;

/// <summary>What a user's webhooks are signed with, in the writing of Standard Webhooks. GET /api/v1/account/webhook-secret.</summary>
/// <param name="Secret"><c>whsec_</c> and the key in base64. Whoever has it can sign as us: show it to its owner only.</param>
/// <param name="Generation">Counts the rotations, from 0.</param>
/// <param name="RotatedAt">When it was last rotated; for a day after that the secret before it signs as well.</param>
public sealed record WebhookSecret(string Secret, int Generation, DateTimeOffset? RotatedAt)
{
    /// <summary>How long the secret before a rotation still signs beside the new one.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromDays(1);

    /// <summary>The key of one user and generation: theirs alone, worked out from ours, so that nothing secret is stored or sent.</summary>
    public static byte[] Key(string signingKey, Guid userId, int generation) => HMACSHA256.HashData(
        Encoding.UTF8.GetBytes(signingKey),
        Encoding.UTF8.GetBytes(generation == 0 ? $"webhook {userId:D}" : $"webhook {userId:D} {generation}"));

    /// <summary>The secret as its owner sees it.</summary>
    public static WebhookSecret Of(string signingKey, Guid userId, int generation, DateTimeOffset? rotatedAt) =>
        new("whsec_" + Convert.ToBase64String(Key(signingKey, userId, generation)), generation, rotatedAt);
}
