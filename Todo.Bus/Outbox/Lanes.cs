using System.IO.Hashing;
using System.Text;

namespace Todo.Bus.Outbox;

/// <summary>Spreads topics and keys over a fixed number of lanes; one owner at a time per lane keeps the order per key.</summary>
/// <remarks>The hash is stored with every row, so it must never change for the same input.</remarks>
public static class Lanes
{
    /// <summary>How many lanes there are.</summary>
    public const int Count = 16;

    /// <summary>The lane of a topic and key.</summary>
    public static short Of(string topic, ReadOnlySpan<byte> key)
    {
        Span<byte> name = stackalloc byte[topic.Length <= 256 ? topic.Length * 3 : 0];
        var hash = new XxHash32();
        if (name.Length > 0)
            hash.Append(name[..Encoding.UTF8.GetBytes(topic, name)]);
        else
            hash.Append(Encoding.UTF8.GetBytes(topic));
        hash.Append(key);
        return (short)(hash.GetCurrentHashAsUInt32() % Count);
    }
}
