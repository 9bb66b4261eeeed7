using System.Globalization;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using MassTransit.Serialization;

namespace Todo.Bus.Kafka;

/// <summary>How keys become bytes and back: ids and numbers as text, so that every client in any language hashes the same key to the same partition; objects as JSON.</summary>
internal static class RecordKeys
{
    public static byte[]? Bytes<TKey>(TKey key) => key switch
    {
        null => null,
        byte[] bytes => bytes,
        string text => Encoding.UTF8.GetBytes(text),
        Guid id => Encoding.UTF8.GetBytes(id.ToString("D")),
        DateTime or DateTimeOffset => Encoding.UTF8.GetBytes(((IFormattable)key).ToString("O", CultureInfo.InvariantCulture)),
        IFormattable number => Encoding.UTF8.GetBytes(number.ToString(null, CultureInfo.InvariantCulture)),
        _ => JsonSerializer.SerializeToUtf8Bytes(key, SystemTextJsonMessageSerializer.Options),
    };

    /// <summary>The key as it was before <see cref="Bytes{TKey}"/>; default where there is none.</summary>
    /// <exception cref="FormatException">The bytes are no such key.</exception>
    public static TKey? Read<TKey>(byte[]? bytes)
    {
        if (bytes is null || typeof(TKey) == typeof(Ignore) || typeof(TKey) == typeof(Null))
            return default;
        if (typeof(TKey) == typeof(byte[]))
            return (TKey)(object)bytes;
        if (typeof(TKey) == typeof(string))
            return (TKey)(object)Encoding.UTF8.GetString(bytes);
        var type = Nullable.GetUnderlyingType(typeof(TKey)) ?? typeof(TKey);
        try
        {
            if (type == typeof(Guid))
                return (TKey)(object)Guid.Parse(bytes);
            if (type.IsPrimitive || type == typeof(decimal))
                return (TKey)Convert.ChangeType(Encoding.UTF8.GetString(bytes), type, CultureInfo.InvariantCulture);
            if (type == typeof(DateTime) || type == typeof(DateTimeOffset))
                return (TKey)(object)(type == typeof(DateTime) ? DateTime.Parse(Encoding.UTF8.GetString(bytes), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind) : DateTimeOffset.Parse(Encoding.UTF8.GetString(bytes), CultureInfo.InvariantCulture));
            return JsonSerializer.Deserialize<TKey>(bytes, SystemTextJsonMessageSerializer.Options);
        }
        catch (Exception other) when (other is JsonException or InvalidCastException or OverflowException)
        {
            throw new FormatException($"The record key is no {type.Name}.", other);
        }
    }
}
