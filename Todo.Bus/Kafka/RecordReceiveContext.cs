using System.Diagnostics;
using Confluent.Kafka;
using MassTransit;
using MassTransit.Middleware.Outbox;
using MassTransit.Serialization;
using MassTransit.Transports;
using Microsoft.Extensions.DependencyInjection;
using Todo.Bus.Batching;
using Todo.Bus.Envelope;
using Todo.Bus.Outbox;

namespace Todo.Bus.Kafka;

/// <summary>A record as MassTransit's pipe sees it. The message is an object already: the endpoint found its type by the event's name.</summary>
internal class RecordReceiveContext : BaseReceiveContext, KafkaConsumeContext, IConsumedEvent, IHeaderProvider
{
    private readonly KafkaRecord _record;
    private readonly EventEnvelope _envelope;
    private readonly IHeaderProvider? _headers;
    private readonly BusCapture? _capture;

    public RecordReceiveContext(ReadyMessage message, ReceiveEndpointContext endpoint, Uri inputAddress, string groupId, IHeaderProvider? headers, params object[] payloads)
        : base(message.Record.Failures > 0, endpoint, payloads)
    {
        _record = message.Record;
        _envelope = message.Envelope;
        _headers = headers;
        if (payloads is [MessageUnit { Services: { } services } unit] && services.GetService<ApplicationName>() is { } application)
            _capture = new BusCapture(services, application.Value, unit.Published.Add);
        GroupId = groupId;
        InputAddress = inputAddress;
        Body = new BytesMessageBody(_envelope.Data.ToArray());
        ConsumeContext = new EventConsumeContext(this, new EventSerializerContext(message, new EventMessageContext(this, message)));
        AddOrUpdatePayload<KafkaConsumeContext>(() => this, _ => this);
        AddOrUpdatePayload<IConsumedEvent>(() => this, _ => this);
        AddOrUpdatePayload<ConsumeContext>(() => ConsumeContext, _ => ConsumeContext);
    }

    public ConsumeContext ConsumeContext { get; }

    public string GroupId { get; }

    public string Topic => _record.Position.Topic;

    public int Partition => _record.Position.Partition.Value;

    public long Offset => _record.Position.Offset.Value;

    public bool IsPartitionEof => false;

    public DateTime CheckpointUtcDateTime => _record.Timestamp;

    public byte[]? KeyBytes => _record.Key;

    public EventEnvelope Event => _envelope;

    /// <summary>The span of the message's creation, as the writer left it.</summary>
    public string? TraceParent => _record.Text["traceparent"] ?? _envelope.TraceParent;

    public string? TraceState => _record.Text["tracestate"];

    /// <summary>The span of its handling; MassTransit's own spans are children of it.</summary>
    public Activity? Span { get; set; }

    public override MessageBody Body { get; }

    /// <summary>What made the message fail, if it did.</summary>
    public Exception? Failure { get; private set; }

    protected override IHeaderProvider HeaderProvider => this;

    /// <summary>What the message's consumer sends on the bus waits for the commit of its batch.</summary>
    protected override ISendEndpointProvider GetSendEndpointProvider() =>
        _capture is null ? base.GetSendEndpointProvider() : new OutboxSendEndpointProvider(_capture, base.GetSendEndpointProvider());

    protected override IPublishEndpointProvider GetPublishEndpointProvider() =>
        _capture is null ? base.GetPublishEndpointProvider() : new OutboxPublishEndpointProvider(_capture, base.GetPublishEndpointProvider());

    public override Task NotifyFaulted<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
    {
        Failure = exception;
        return base.NotifyFaulted(context, duration, consumerType, exception);
    }

    public IEnumerable<KeyValuePair<string, object>> GetAll()
    {
        if (_headers is not null)
        {
            foreach (var header in _headers.GetAll())
                yield return header;
            yield break;
        }

        foreach (var (name, value) in _record.Text.All())
        {
            if (value is not null)
                yield return new(name, value);
        }
    }

    public bool TryGetHeader(string key, out object value)
    {
        // MassTransit joins spans by its own header; ours is the W3C one.
        if (key != "MT-Activity-Id" && _headers is not null && _headers.TryGetHeader(key, out value!))
            return true;
        value = (key == "MT-Activity-Id" ? Span?.Id ?? TraceParent : _record.Text[key])!;
        return value is not null;
    }

    /// <summary>A failed message becomes a dead letter with its reason, so no Fault event is published besides.</summary>
    private sealed class EventConsumeContext(ReceiveContext receive, SerializerContext serializer) : BodyConsumeContext(receive, serializer)
    {
        protected override Task GenerateFault<T>(ConsumeContext<T> context, Exception exception) => Task.CompletedTask;
    }

    private sealed class EventSerializerContext(ReadyMessage message, MessageContext context)
        : BaseSerializerContext(SystemTextJsonMessageSerializer.Instance, context, MessageTypeCache.GetMessageTypeNames(message.Type))
    {
        public override bool IsSupportedMessageType<T>() => message.Body is T;

        public override bool IsSupportedMessageType(Type messageType) => messageType.IsInstanceOfType(message.Body);

        public override bool TryGetMessage<T>(out T result)
        {
            result = (message.Body as T)!;
            return result is not null;
        }

        public override bool TryGetMessage(Type messageType, out object result)
        {
            result = messageType.IsInstanceOfType(message.Body) ? message.Body : null!;
            return result is not null;
        }

        public override IMessageSerializer GetMessageSerializer() => SystemTextJsonMessageSerializer.Instance;

        public override IMessageSerializer GetMessageSerializer<T>(MessageEnvelope envelope, T message) => SystemTextJsonMessageSerializer.Instance;

        public override IMessageSerializer GetMessageSerializer(object message, string[]? messageTypes) => SystemTextJsonMessageSerializer.Instance;

        public override Dictionary<string, object> ToDictionary<T>(T? message) where T : class =>
            throw new NotSupportedException("Routing slips do not travel over Kafka topics.");
    }

    private sealed class EventMessageContext(RecordReceiveContext receive, ReadyMessage message) : MessageContext
    {
        public Guid? MessageId => message.MessageId;

        public Guid? RequestId => null;

        public Guid? CorrelationId => Header(nameof(CorrelationId));

        public Guid? ConversationId => Guid.TryParse(message.Envelope.CorrelationId, out var id) ? id : Header(nameof(ConversationId));

        public Guid? InitiatorId => Header(nameof(InitiatorId)) ?? (Guid.TryParse(message.Envelope.CausationId, out var id) ? id : null);

        public DateTime? ExpirationTime => null;

        public Uri? SourceAddress => Uri.TryCreate(message.Envelope.Source, UriKind.Absolute, out var source) && !source.IsFile ? source : null;

        public Uri? DestinationAddress => receive.InputAddress;

        public Uri? ResponseAddress => null;

        public Uri? FaultAddress => null;

        public DateTime? SentTime => receive.CheckpointUtcDateTime;

        public MassTransit.Headers Headers => field ??= new JsonTransportHeaders(receive);

        public HostInfo Host => null!; // Kafka records do not say which machine wrote them

        private Guid? Header(string name) => receive.TryGetHeader(name, out var value) && Guid.TryParse(value as string, out var id) ? id : null;
    }
}

/// <summary>A record with a key of a known type, read when it is asked for.</summary>
internal sealed class RecordReceiveContext<TKey>(
    ReadyMessage message, ReceiveEndpointContext endpoint, Uri inputAddress, string groupId, IHeaderProvider? headers, IDeserializer<TKey>? keys, params object[] payloads)
    : RecordReceiveContext(message, endpoint, inputAddress, groupId, headers, payloads), KafkaConsumeContext<TKey>
{
    private bool _read;

    public TKey Key
    {
        get
        {
            if (_read)
                return field;
            field = keys is null
                ? RecordKeys.Read<TKey>(KeyBytes)!
                : keys.Deserialize(KeyBytes, KeyBytes is null, new SerializationContext(MessageComponentType.Key, Topic));
            _read = true;
            return field;
        }
    } = default!;
}
