using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using MassTransit;

namespace Todo.Bus.Envelope;

/// <summary>Writes an event as CloudEvents 1.0 in structured mode: one JSON value that Dapr, a bare client and <c>kcat</c> can all read.</summary>
internal sealed class EventWriter(MessageTypes types, string source)
{
    public const string ContentType = "application/cloudevents+json; charset=utf-8";

    // The relaxed encoder leaves letters of all scripts readable; the JSON is never pasted into HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    public byte[] Write<T>(SendContext<T> context, string? key, Guid? causation, DateTimeOffset now, string? traceParent)
        where T : class
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(1024);
        buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("specversion"u8, "1.0"u8);
            json.WriteString("id"u8, context.MessageId ?? Guid.CreateVersion7());
            json.WriteString("source"u8, source);
            json.WriteString("type"u8, types.NameOf(typeof(T)));
            if (key is { Length: > 0 })
            {
                json.WriteString("subject"u8, key);
                json.WriteString("partitionkey"u8, key);
            }

            json.WriteString("time"u8, now.UtcDateTime);
            json.WriteString("datacontenttype"u8, "application/json"u8);
            if (context.ConversationId is { } conversation)
                json.WriteString("correlationid"u8, conversation);
            if (causation is { } cause)
                json.WriteString("causationid"u8, cause);
            if (traceParent is not null)
                json.WriteString("traceparent"u8, traceParent);
            json.WritePropertyName("data"u8);
            JsonSerializer.Serialize(json, context.Message, types.Json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
