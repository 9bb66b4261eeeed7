using System.Text;
using System.Text.Json;
using Confluent.Kafka;

namespace Todo.Bus.Outbox;

/// <summary>Reads the headers of a stored row, a JSON object of text values, back into Kafka's own.</summary>
public static class OutboxHeaders
{
    /// <summary>The headers, in the order stored; a null value is a header without a value.</summary>
    public static Headers Read(string json) => Read(Encoding.UTF8.GetBytes(json));

    /// <summary>The same from UTF-8, as the database sends it.</summary>
    public static Headers Read(ReadOnlySpan<byte> json)
    {
        var headers = new Headers();
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            headers.Add(name, reader.TokenType switch
            {
                JsonTokenType.Null => null,
                JsonTokenType.String when !reader.ValueIsEscaped => reader.ValueSpan.ToArray(),
                JsonTokenType.String => Encoding.UTF8.GetBytes(reader.GetString()!),
                _ => Encoding.UTF8.GetBytes(JsonElement.ParseValue(ref reader).GetRawText()), // a number or an object that somebody else wrote
            });
        }

        return headers;
    }
}
