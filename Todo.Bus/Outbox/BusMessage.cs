using System.Text.Json;
using MassTransit;
using MassTransit.Context;
using MassTransit.Metadata;
using MassTransit.Middleware;

namespace Todo.Bus.Outbox;

/// <summary>A message published or sent on the bus beneath the topics, as stored in <c>bus.messages</c>: serialized as its transport wants it.</summary>
internal sealed record BusMessage(string Application, string Destination, Guid MessageId, string MessageType, string ContentType, string Body, string Envelope)
{
    /// <summary>Serializes what the endpoint was about to send.</summary>
    public static BusMessage From<T>(string application, SendContext<T> context)
        where T : class
    {
        context.MessageId ??= NewId.NextGuid();
        context.ConversationId ??= context.MessageId;
        var destination = context.DestinationAddress ?? throw new MessageException(typeof(T), "A message on the bus needs a destination.");
        var properties = new Dictionary<string, object>();
        (context as TransportSendContext)?.WritePropertiesTo(properties);
        var envelope = new BusEnvelope(
            context.RequestId, context.CorrelationId, context.ConversationId, context.InitiatorId,
            context.SourceAddress, context.ResponseAddress, context.FaultAddress,
            context.SentTime ?? DateTime.UtcNow,
            context.TimeToLive is { } life ? DateTime.UtcNow + life : null,
            Texts(context.Headers.Select(header => new KeyValuePair<string, object>(header.Key, header.Value))), Texts(properties));
        return new BusMessage(
            application, destination.ToString(), context.MessageId.Value, string.Join(';', context.SupportedMessageTypes),
            (context.ContentType ?? context.Serialization.DefaultContentType).ToString(),
            context.Serializer.GetMessageBody(context).GetString(), JsonSerializer.Serialize(envelope));
    }

    private static Dictionary<string, string?> Texts(IEnumerable<KeyValuePair<string, object>> values) =>
        values.ToDictionary(pair => pair.Key, pair => Convert.ToString(pair.Value, System.Globalization.CultureInfo.InvariantCulture));
}

/// <summary>What travels beside the body.</summary>
internal sealed record BusEnvelope(
    Guid? RequestId,
    Guid? CorrelationId,
    Guid? ConversationId,
    Guid? InitiatorId,
    Uri? SourceAddress,
    Uri? ResponseAddress,
    Uri? FaultAddress,
    DateTime SentTime,
    DateTime? ExpirationTime,
    Dictionary<string, string?> Headers,
    Dictionary<string, string?> Properties);

/// <summary>A stored message as MassTransit's own outbox pipe reads it.</summary>
internal sealed class StoredBusMessage(BusMessage message) : OutboxMessageContext
{
    private readonly BusEnvelope _envelope = JsonSerializer.Deserialize<BusEnvelope>(message.Envelope)!;

    public Uri Destination { get; } = new(message.Destination);

    public long SequenceNumber => 0;

    public Guid MessageId => message.MessageId;

    Guid? MessageContext.MessageId => message.MessageId;

    public string ContentType => message.ContentType;

    public string MessageType => message.MessageType;

    public string Body => message.Body;

    public IReadOnlyDictionary<string, object> Properties => _envelope.Properties.Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => (object)pair.Value!);

    public Guid? RequestId => _envelope.RequestId;

    public Guid? CorrelationId => _envelope.CorrelationId;

    public Guid? ConversationId => _envelope.ConversationId;

    public Guid? InitiatorId => _envelope.InitiatorId;

    public DateTime? ExpirationTime => _envelope.ExpirationTime;

    public Uri? SourceAddress => _envelope.SourceAddress;

    public Uri? DestinationAddress => Destination;

    public Uri? ResponseAddress => _envelope.ResponseAddress;

    public Uri? FaultAddress => _envelope.FaultAddress;

    public DateTime? SentTime => _envelope.SentTime;

    public Headers Headers => field ??= new MassTransit.Serialization.DictionarySendHeaders(_envelope.Headers.ToDictionary(pair => pair.Key, pair => (object?)pair.Value));

    public HostInfo Host => HostMetadataCache.Host;
}
