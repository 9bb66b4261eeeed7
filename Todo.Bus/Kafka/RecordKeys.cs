using System.Globalization;
using System.Text;

namespace Todo.Bus.Kafka;

/// <summary>How keys become bytes: ids and numbers as text, so that every client in any language hashes the same key to the same partition.</summary>
internal static class RecordKeys
{
    public static byte[]? Bytes<TKey>(TKey key) => key switch
    {
        null => null,
        byte[] bytes => bytes,
        string text => Encoding.UTF8.GetBytes(text),
        Guid id => Encoding.UTF8.GetBytes(id.ToString("D")),
        IFormattable number => Encoding.UTF8.GetBytes(number.ToString(null, CultureInfo.InvariantCulture)),
        _ => throw new NotSupportedException($"{typeof(TKey).Name} cannot be a record key: use a string, a Guid, a number or bytes."),
    };
}
