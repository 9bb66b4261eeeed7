using System.Security.Cryptography;

namespace Todo.Api.Tasks;

/// <summary>An id that follows from two others: whoever derives it again gets the same one.</summary>
internal static class DerivedId
{
    public static Guid From(Guid one, Guid other) => From([.. one.ToByteArray(bigEndian: true), .. other.ToByteArray(bigEndian: true)]);

    public static Guid From(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(bytes, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80); // version 8: made by our own rule
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
