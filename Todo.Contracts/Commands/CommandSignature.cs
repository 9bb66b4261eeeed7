using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Todo.Contracts.Commands;

/// <summary>How a command proves for whom it acts: the record header <see cref="Header"/>, made with an access token of that user.</summary>
/// <remarks>
/// The header is <c>v1.TOKENID.SECONDS.MAC</c>: the 22 characters of the token after <c>todo_</c>, the seconds since 1970 when it was
/// signed, and an HMAC-SHA256 in base64url without padding. Its key is the SHA-256 of the token's secret, which is the rest of the token
/// after base64url decoding; what it covers is <c>v1</c>, the token id, the seconds, and the event's <c>id</c>, <c>source</c> and
/// <c>type</c>, each followed by a line feed, and then the exact bytes of <c>data</c> as they are in the record.
/// </remarks>
/// <param name="TokenId">The token's public half.</param>
/// <param name="SignedAt">When it was signed, to the second.</param>
/// <param name="Mac">The HMAC.</param>
public sealed record CommandSignature(string TokenId, DateTimeOffset SignedAt, byte[] Mac)
{
    /// <summary>The record header that carries it.</summary>
    public const string Header = "todo-signature";

    /// <summary>How long a signature counts.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(1);

    private const string Version = "v1";
    private const string Prefix = "todo_";
    private const int IdLength = 22;
    private const int SecretLength = 43;

    /// <summary>The header of a command.</summary>
    /// <param name="token">The access token as its owner was shown it.</param>
    /// <param name="id">The event's id.</param>
    /// <param name="source">The event's source.</param>
    /// <param name="type">The event's type.</param>
    /// <param name="data">The exact bytes of its data.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="FormatException">That is no access token.</exception>
    public static string Sign(string token, string id, string source, string type, ReadOnlySpan<byte> data, DateTimeOffset now)
    {
        if (token.Length != Prefix.Length + IdLength + SecretLength || !token.StartsWith(Prefix, StringComparison.Ordinal))
            throw new FormatException("That is no access token: it begins with todo_ and has 70 characters.");
        var key = SHA256.HashData(Base64Url.DecodeFromChars(token.AsSpan(Prefix.Length + IdLength)));
        var signature = new CommandSignature(token.Substring(Prefix.Length, IdLength), DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()), []);
        return (signature with { Mac = signature.Compute(key, id, source, type, data) }).ToString();
    }

    /// <summary>Reads a header; null when it is none of ours.</summary>
    public static CommandSignature? Read(string? header) =>
        header?.Split('.') is [Version, { Length: IdLength } id, var seconds, { Length: SecretLength } mac]
        && long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < 32_503_680_000
        && Base64Url.IsValid(id) && Base64Url.IsValid(mac)
            ? new CommandSignature(id, DateTimeOffset.FromUnixTimeSeconds(at), Base64Url.DecodeFromChars(mac))
            : null;

    /// <summary>True when it was made over this event with the token whose secret has this SHA-256.</summary>
    public bool Covers(byte[] secretHash, string id, string source, string type, ReadOnlySpan<byte> data) =>
        CryptographicOperations.FixedTimeEquals(Mac, Compute(secretHash, id, source, type, data));

    /// <summary>The header.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Version}.{TokenId}.{SignedAt.ToUnixTimeSeconds()}.{Base64Url.EncodeToString(Mac)}");

    private byte[] Compute(byte[] key, string id, string source, string type, ReadOnlySpan<byte> data)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        mac.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Version}\n{TokenId}\n{SignedAt.ToUnixTimeSeconds()}\n{id}\n{source}\n{type}\n")));
        mac.AppendData(data);
        return mac.GetHashAndReset();
    }
}
