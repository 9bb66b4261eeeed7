using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Todo.Contracts.Account;

namespace Todo.Api.Identity;

/// <summary>A key that its owner gave to a script. Only a hash of its secret is kept.</summary>
internal sealed class AccessToken
{
    public const string Prefix = "todo_";

    public static readonly string[] AllScopes = ["tasks:read", "tasks:write", "account"];

    public required Guid TokenId { get; init; }
    public required Guid UserId { get; init; }
    public required string Name { get; init; }
    public required List<string> Scopes { get; init; }
    public required byte[] SecretHash { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>A new token, and the text that its owner sees this once.</summary>
    public static (AccessToken Token, string Secret) Create(Guid userId, CreateTokenRequest request, DateTimeOffset now)
    {
        var (tokenId, secret) = (Guid.CreateVersion7(now), RandomNumberGenerator.GetBytes(32));
        var token = new AccessToken
        {
            TokenId = tokenId,
            UserId = userId,
            Name = request.Name!.Trim(),
            Scopes = [.. request.Scopes!.Distinct()],
            SecretHash = SHA256.HashData(secret), // random enough that a slow hash would only slow us
            CreatedAt = now,
            ExpiresAt = now.AddDays(request.Days),
        };
        return (token, $"{Prefix}{Base64Url.EncodeToString(tokenId.ToByteArray())}{Base64Url.EncodeToString(secret)}");
    }

    /// <summary>Takes the text apart; false for what is not one of ours.</summary>
    public static bool TryRead(string text, out Guid tokenId, out byte[] secret)
    {
        (tokenId, secret) = (Guid.Empty, []);
        const int idLength = 22;
        if (text.Length != Prefix.Length + idLength + 43 || !text.StartsWith(Prefix, StringComparison.Ordinal) || !Base64Url.IsValid(text.AsSpan(Prefix.Length, idLength))
            || !Base64Url.IsValid(text.AsSpan(Prefix.Length + idLength)))
            return false;
        tokenId = new Guid(Base64Url.DecodeFromChars(text.AsSpan(Prefix.Length, idLength)));
        secret = Base64Url.DecodeFromChars(text.AsSpan(Prefix.Length + idLength));
        return true;
    }

    public bool Opens(byte[] secret, DateTimeOffset now) =>
        now < ExpiresAt && CryptographicOperations.FixedTimeEquals(SecretHash, SHA256.HashData(secret));

    public TokenView ToView(string? secret = null) => new(TokenId, Name, Scopes, CreatedAt, ExpiresAt, LastUsedAt, secret);
}

internal sealed class AccessTokenMap : IEntityTypeConfiguration<AccessToken>
{
    public void Configure(EntityTypeBuilder<AccessToken> token)
    {
        token.ToTable("access_tokens");
        token.HasKey(t => t.TokenId);
        token.Property(t => t.TokenId).ValueGeneratedNever();
        token.Property(t => t.Name).HasMaxLength(100);
        token.HasIndex(t => new { t.UserId, t.TokenId }).HasDatabaseName("ix_access_tokens_user");
    }
}
