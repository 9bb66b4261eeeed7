using System.Text;
using Confluent.Kafka;

namespace Todo.Bus.Envelope;

/// <summary>The headers of a record as text. Of several with one name the first counts; bytes that are no text read as null.</summary>
public readonly struct RecordHeaders(Headers? headers)
{
    private static readonly UTF8Encoding Utf8 = new(false, true);

    /// <summary>A header's value; <c>content-type</c> is found in any case, since its writers differ.</summary>
    public string? this[string name]
    {
        get
        {
            if (headers is null)
                return null;
            var comparison = name == "content-type" ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
            for (var i = 0; i < headers.Count; i++)
            {
                if (string.Equals(headers[i].Key, name, comparison))
                    return Text(headers[i].GetValueBytes());
            }

            return null;
        }
    }

    /// <summary>All of them, in order.</summary>
    public IEnumerable<KeyValuePair<string, string?>> All()
    {
        if (headers is null)
            yield break;
        for (var i = 0; i < headers.Count; i++)
            yield return new(headers[i].Key, Text(headers[i].GetValueBytes()));
    }

    private static string? Text(byte[]? bytes)
    {
        try
        {
            return bytes is null ? null : Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
