using System.Security.Cryptography;
using System.Text;

namespace Todo.Workers.Calendar;

/// <summary>An id derived from what it names (UUID version 5), so that asking twice names the same thing.</summary>
internal static class NamedId
{
    public static Guid Of(Guid space, string name)
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        // SHA-1 is what version 5 is made of; nothing here is a secret.
#pragma warning disable CA5350
        SHA1.HashData([.. space.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)], hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
