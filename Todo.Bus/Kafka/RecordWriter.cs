using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MassTransit;
using Todo.Bus.Envelope;
using Todo.Bus.Outbox;

namespace Todo.Bus.Kafka;

/// <summary>Turns a message with its send context into final bytes: a CloudEvent as value, the key as text, headers as JSON.</summary>
internal sealed class RecordWriter(MessageTypes types, EventWriter writer, TimeProvider clock)
{
    public OutboxRow Write<T>(SendContext<T> context, string topic, int? partition, byte[]? key, Guid? causation)
        where T : class
    {
        var trace = Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null;
        var text = key is null ? null : Encoding.UTF8.GetString(key);
        var value = writer.Write(context, text, causation, clock.GetUtcNow(), trace);
        return new OutboxRow(topic, partition, key, value, Headers(context, trace), context.MessageId!.Value, types.NameOf(typeof(T)));
    }

    private static string Headers(SendContext context, string? trace)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("content-type"u8, EventWriter.ContentType);
            if (trace is not null)
                json.WriteString("traceparent"u8, trace);
            foreach (var header in context.Headers)
            {
                if (header.Value is { } value)
                    json.WriteString(header.Key, value as string ?? (value is Guid id ? id.ToString("D") : Convert.ToString(value, CultureInfo.InvariantCulture)));
            }

            if (context.ScheduledMessageId is { } token && !context.Headers.TryGetHeader(MessageHeaders.SchedulingTokenId, out _))
                json.WriteString(MessageHeaders.SchedulingTokenId, token.ToString("D"));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
