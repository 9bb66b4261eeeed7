using System.Globalization;
using System.Text;
using System.Text.Json;
using MassTransit.Serialization;
using MassTransit.Transports;
using Todo.Bus.Envelope;

namespace MassTransit.KafkaIntegration.Serializers;

/// <summary>MassTransit's own form of headers: one text header for each, its ids and addresses among them, objects as JSON.</summary>
public static class DictionaryHeadersSerialize
{
    /// <summary>Reads them. Of several with one name the first counts; values that are no text are left out.</summary>
    public static readonly IHeadersDeserializer Deserializer = new Reader();

    /// <summary>Writes them.</summary>
    public static readonly IHeadersSerializer Serializer = new Writer();

    /// <summary>A header value as the text that travels.</summary>
    internal static string? Text(object? value) => value switch
    {
        null => null,
        string text => text,
        Guid id => id.ToString("D"),
        Uri or bool => value.ToString(),
        DateTime or DateTimeOffset => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => JsonSerializer.Serialize(value, value.GetType(), SystemTextJsonMessageSerializer.Options),
    };

    /// <summary>Everything a message says about itself, its own headers last.</summary>
    internal static IEnumerable<KeyValuePair<string, string>> All(SendContext context)
    {
        var own = new (string Name, object? Value)[]
        {
            (nameof(context.MessageId), context.MessageId),
            (nameof(context.CorrelationId), context.CorrelationId),
            (nameof(context.ConversationId), context.ConversationId),
            (nameof(context.InitiatorId), context.InitiatorId),
            (nameof(context.SourceAddress), context.SourceAddress),
            (nameof(context.DestinationAddress), context.DestinationAddress),
        };
        foreach (var (name, value) in own)
        {
            if (Text(value) is { } text)
                yield return new(name, text);
        }

        foreach (var header in context.Headers)
        {
            if (Text(header.Value) is { } text)
                yield return new(header.Key, text);
        }
    }

    private sealed class Writer : IHeadersSerializer
    {
        public Confluent.Kafka.Headers Serialize(SendContext context)
        {
            var headers = new Confluent.Kafka.Headers();
            foreach (var (name, text) in All(context))
                headers.Add(name, Encoding.UTF8.GetBytes(text));
            return headers;
        }
    }

    private sealed class Reader : IHeadersDeserializer
    {
        public IHeaderProvider Deserialize(Confluent.Kafka.Headers headers)
        {
            var found = new Dictionary<string, object>(StringComparer.Ordinal);
            foreach (var (name, text) in new RecordHeaders(headers).All())
            {
                if (text is not null)
                    found.TryAdd(name, text);
            }

            return new DictionaryHeaderProvider(found);
        }
    }
}
