using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using MassTransit;
using MassTransit.KafkaIntegration.Serializers;
using Todo.Bus.Envelope;
using Todo.Bus.Outbox;

namespace Todo.Bus.Kafka;

/// <summary>Turns a message with its send context into final bytes: a CloudEvent as value, the key as text, headers as JSON; or what the producer's own serializers make of it.</summary>
internal sealed class RecordWriter(MessageTypes types, EventWriter writer, TimeProvider clock)
{
    /// <summary>A record in the house's own form. Where nobody traces, the trace of the consumed message is passed on all the same.</summary>
    public OutboxRow Write<T>(SendContext<T> context, string topic, int? partition, byte[]? key, Guid? causation, ConsumeContext? consumed = null)
        where T : class
    {
        var trace = Trace(consumed);
        return new OutboxRow(topic, partition, key, Event(context, key, causation, trace), Headers(context, null, trace, causation, null), context.MessageId!.Value, types.NameOf(typeof(T)));
    }

    /// <summary>A record as the send context asks for it.</summary>
    public ValueTask<OutboxRow> WriteAsync<TKey, T>(KafkaSendContext<TKey, T> context, string topic, IHeadersSerializer? headers, ConsumeContext? consumed)
        where T : class
    {
        int? partition = context.Partition == Partition.Any ? null : context.Partition.Value;
        return context.KeySerializer is null && context.ValueSerializer is null && headers is null
            ? new(Write(context, topic, partition, RecordKeys.Bytes(context.Key), consumed?.MessageId, consumed))
            : new(SerializeAsync(context, topic, partition, headers, consumed));
    }

    private async Task<OutboxRow> SerializeAsync<TKey, T>(KafkaSendContext<TKey, T> context, string topic, int? partition, IHeadersSerializer? headers, ConsumeContext? consumed)
        where T : class
    {
        var (trace, causation) = (Trace(consumed), consumed?.MessageId);
        var more = headers?.Serialize(context);
        var key = context.KeySerializer is { } keys
            ? await keys.SerializeAsync(context.Key, new SerializationContext(MessageComponentType.Key, topic, more))
            : RecordKeys.Bytes(context.Key);
        var value = context.ValueSerializer is { } values
            ? await values.SerializeAsync(context.Message, new SerializationContext(MessageComponentType.Value, topic, more))
            : Event(context, key, causation, trace);
        var type = types.NameOf(typeof(T));
        return new OutboxRow(topic, partition, key, value, Headers(context, context.ValueSerializer is null ? null : type, trace, causation, more), context.MessageId!.Value, type);
    }

    private static (string? Parent, string? State) Trace(ConsumeContext? consumed) =>
        Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? (activity.Id, activity.TraceStateString)
        : consumed?.ReceiveContext is RecordReceiveContext record ? (record.TraceParent, record.TraceState)
        : default;

    private byte[] Event<T>(SendContext<T> context, byte[]? key, Guid? causation, (string? Parent, string? State) trace)
        where T : class =>
        writer.Write(context, key is null ? null : Encoding.UTF8.GetString(key), causation, clock.GetUtcNow(), trace.Parent);

    /// <param name="context">The message.</param>
    /// <param name="plainType">Its name when the value does not say it, so that the headers must.</param>
    /// <param name="trace">The W3C trace.</param>
    /// <param name="causation">The message this one follows from.</param>
    /// <param name="own">Headers that stand for everything else.</param>
    private static string Headers(SendContext context, string? plainType, (string? Parent, string? State) trace, Guid? causation, Confluent.Kafka.Headers? own)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (own is not null)
                Own(json, own);
            else
                Ours(json, context, plainType, trace, causation);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Ours(Utf8JsonWriter json, SendContext context, string? plainType, (string? Parent, string? State) trace, Guid? causation)
    {
        json.WriteString("content-type"u8, plainType is null ? EventWriter.ContentType : context.ContentType?.ToString() ?? "application/json");
        if (trace.Parent is { } parent)
            json.WriteString("traceparent"u8, parent);
        if (trace.State is { Length: > 0 } state)
            json.WriteString("tracestate"u8, state);
        if (plainType is not null)
        {
            json.WriteString("MT-MessageType"u8, plainType);
            foreach (var (name, text) in DictionaryHeadersSerialize.All(context))
                json.WriteString(name, text);
        }
        else
        {
            // The event itself has its id, its conversation and its cause.
            if (context.CorrelationId is { } correlation)
                json.WriteString("CorrelationId"u8, correlation);
            if (context.InitiatorId is { } initiator && initiator != causation)
                json.WriteString("InitiatorId"u8, initiator);
            foreach (var header in context.Headers)
            {
                if (DictionaryHeadersSerialize.Text(header.Value) is { } text)
                    json.WriteString(header.Key, text);
            }
        }

        if (context.ScheduledMessageId is { } token && !context.Headers.TryGetHeader(MessageHeaders.SchedulingTokenId, out _))
            json.WriteString(MessageHeaders.SchedulingTokenId, token.ToString("D"));
    }

    private static void Own(Utf8JsonWriter json, Confluent.Kafka.Headers own)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var header in own.Where(header => seen.Add(header.Key)))
            OutboxHeaders.Write(json, header.Key, header.GetValueBytes());
    }
}
