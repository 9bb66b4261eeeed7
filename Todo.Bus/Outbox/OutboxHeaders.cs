using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Confluent.Kafka;

namespace Todo.Bus.Outbox;

/// <summary>Reads the headers of a stored row, a JSON object of text values, back into Kafka's own.</summary>
public static class OutboxHeaders
{
    /// <summary>Writes one header; bytes that are no text as <c>{"base64": …}</c>, so that they come out as they went in.</summary>
    internal static void Write(Utf8JsonWriter json, string name, byte[]? value)
    {
        if (value is null)
        {
            json.WriteNull(name);
        }
        else if (Utf8.IsValid(value))
        {
            json.WriteString(name, value);
        }
        else
        {
            json.WriteStartObject(name);
            json.WriteBase64String("base64"u8, value);
            json.WriteEndObject();
        }
    }

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
                _ => Other(JsonElement.ParseValue(ref reader)),
            });
        }

        return headers;
    }

    private static byte[] Other(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty("base64"u8, out var bytes) && bytes.TryGetBytesFromBase64(out var binary)
            ? binary
            : Encoding.UTF8.GetBytes(value.GetRawText()); // a number or an object that somebody else wrote
}
