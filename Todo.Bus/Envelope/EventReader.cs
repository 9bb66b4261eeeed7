using System.Text;
using System.Text.Json;

namespace Todo.Bus.Envelope;

/// <summary>Finds the event in a record, whoever wrote it: CloudEvents structured or binary, wrapped by Dapr, or MassTransit's plain JSON with headers.</summary>
internal static class EventReader
{
    private const string DaprDefaultType = "com.dapr.event.sent";
    private const int MaxDepth = 64;
    private static readonly UTF8Encoding Utf8 = new(false, true);

    /// <summary>Reads the envelope only; the body stays bytes.</summary>
    /// <exception cref="UnreadableRecordException">The record is no event that we can tell.</exception>
    /// <param name="headers">The record's headers.</param>
    /// <param name="value">The record's value.</param>
    /// <param name="plain">True where a value that is no CloudEvent is taken for the body itself.</param>
    public static EventEnvelope Read(RecordHeaders headers, byte[]? value, bool plain = false)
    {
        if (headers["content-type"] is { } content && content.StartsWith("application/cloudevents", StringComparison.OrdinalIgnoreCase))
            return Structured(value);
        if (headers["ce_type"] is { } type)
            return Binary(type, headers, value);
        if (headers["MessageId"] is not null || headers["MT-MessageType"] is not null)
            return MassTransit(headers, value);
        return Structured(value, plain);
    }

    /// <summary>What the headers alone say, where the value is in a form of its own.</summary>
    public static EventEnvelope FromHeaders(RecordHeaders headers, byte[]? value) =>
        headers["ce_type"] is { } type ? Binary(type, headers, value) : MassTransit(headers, value);

    private static EventEnvelope Binary(string type, RecordHeaders headers, byte[]? value) => new()
    {
        Type = type,
        Id = headers["ce_id"],
        Source = headers["ce_source"],
        Subject = headers["ce_subject"],
        Time = Instant(headers["ce_time"]),
        TraceParent = headers["traceparent"] ?? headers["ce_traceparent"],
        CorrelationId = headers["ce_correlationid"],
        CausationId = headers["ce_causationid"],
        Data = value ?? default(ReadOnlyMemory<byte>),
    };

    private static EventEnvelope MassTransit(RecordHeaders headers, byte[]? value) => new()
    {
        Type = headers["MT-MessageType"],
        Id = headers["MessageId"],
        Source = headers["SourceAddress"],
        TraceParent = headers["traceparent"] ?? headers["MT-Activity-Id"],
        CorrelationId = headers["ConversationId"] ?? headers["CorrelationId"],
        CausationId = headers["InitiatorId"],
        Data = value ?? default(ReadOnlyMemory<byte>),
    };

    private static EventEnvelope Structured(ReadOnlyMemory<byte> value, bool plain = false)
    {
        if (value.IsEmpty)
            throw new UnreadableRecordException("empty", "The record has no value: an event is expected (CloudEvents 1.0 as JSON).");

        try
        {
            var found = Envelope(value, plain);
            if (found.Type is null && !plain)
                throw new UnreadableRecordException("not-an-event", "The value is JSON but no CloudEvent: `specversion`, `id`, `source` and `type` are expected.");
            // Dapr wraps what it does not know: an event inside an event is the one that was meant.
            if (found.Type == DaprDefaultType && !found.Data.IsEmpty && found.Data.Span[0] == (byte)'{' && Envelope(found.Data) is { Type: not null } inner)
                return inner with { TraceParent = inner.TraceParent ?? found.TraceParent };
            return found;
        }
        catch (Exception broken) when (broken is JsonException or FormatException or InvalidOperationException)
        {
            throw Unreadable(value, broken); // the reader says Format for base64 and InvalidOperation for text that is no Unicode
        }
    }

    private static EventEnvelope Envelope(ReadOnlyMemory<byte> json, bool plain = false)
    {
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
        var envelope = new EventEnvelope();
        string? specVersion = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new UnreadableRecordException("not-an-event", "The value is JSON but not an object: a CloudEvent is expected.");

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("data"u8))
            {
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                envelope = envelope with { Data = json[start..(int)reader.BytesConsumed] };
            }
            else if (reader.ValueTextEquals("data_base64"u8))
            {
                reader.Read();
                envelope = envelope with { Data = reader.TokenType == JsonTokenType.String ? reader.GetBytesFromBase64() : default };
            }
            else
            {
                envelope = Attribute(ref reader, envelope, ref specVersion);
            }
        }

        if (reader.Read())
            throw new JsonException("There is more after the end of the event.");
        if (plain && specVersion is null)
            return new EventEnvelope { Data = json };
        if (envelope.Type is not null && specVersion is not null && specVersion != "1.0")
            throw new UnreadableRecordException("future-version", $"specversion is {Shorten(specVersion)}; this reader knows 1.0.");
        return envelope;
    }

    private static EventEnvelope Attribute(ref Utf8JsonReader reader, EventEnvelope envelope, ref string? specVersion)
    {
        var name = reader.ValueTextEquals("type"u8) ? 1 : reader.ValueTextEquals("id"u8) ? 2 : reader.ValueTextEquals("source"u8) ? 3
            : reader.ValueTextEquals("subject"u8) ? 4 : reader.ValueTextEquals("time"u8) ? 5 : reader.ValueTextEquals("traceparent"u8) ? 6
            : reader.ValueTextEquals("correlationid"u8) ? 7 : reader.ValueTextEquals("causationid"u8) ? 8 : reader.ValueTextEquals("specversion"u8) ? 9 : 0;
        reader.Read();
        if (name == 0 || reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return envelope;
        }

        var text = reader.GetString();
        switch (name)
        {
            case 1: return envelope with { Type = text };
            case 2: return envelope with { Id = text };
            case 3: return envelope with { Source = text };
            case 4: return envelope with { Subject = text };
            case 5: return envelope with { Time = Instant(text) };
            case 6: return envelope with { TraceParent = text };
            case 7: return envelope with { CorrelationId = text };
            case 8: return envelope with { CausationId = text };
            default: specVersion = text; return envelope;
        }
    }

    private static UnreadableRecordException Unreadable(ReadOnlyMemory<byte> value, Exception broken)
    {
        try
        {
            Utf8.GetCharCount(value.Span);
        }
        catch (DecoderFallbackException)
        {
            return new UnreadableRecordException("not-utf8", "The value is not UTF-8 text.", broken);
        }

        return broken.Message.Contains("depth", StringComparison.OrdinalIgnoreCase)
            ? new UnreadableRecordException("too-deep", $"The JSON is nested deeper than {MaxDepth} levels.", broken)
            : new UnreadableRecordException("not-json", $"The value is not JSON: {broken.Message}", broken);
    }

    private static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
