using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MassTransit.KafkaIntegration.Serializers;
using MassTransit.Metadata;
using MassTransit.Transports;
using Todo.Bus.Envelope;

namespace Todo.Bus.Kafka;

/// <summary>Turns records into messages for one endpoint: finds the type by the event's name and reads the body.</summary>
internal class RecordReader(MessageTypes types, IReadOnlySet<Type> wanted, TopicEndpointSettings endpoint, Type? defaultType = null)
{
    /// <summary>The largest value that is read; Kafka's own default for a record.</summary>
    private const int LargestValue = 1 << 20;

    /// <summary>How far back a known version of an unknown message is looked for.</summary>
    private const int MostVersions = 20;

    private readonly ConcurrentDictionary<Type, Type?> _readAs = new();

    /// <summary>Reads the headers of records whose writer has a form of its own.</summary>
    public IHeadersDeserializer? Headers { get; init; }

    /// <summary>Null when nobody at this endpoint wants the message.</summary>
    /// <exception cref="UnreadableRecordException">The record can never be handled.</exception>
    public virtual ReadyMessage? Read(KafkaRecord record)
    {
        if (record.Value is { Length: > LargestValue } large)
            throw new UnreadableRecordException("too-large", $"The value is {large.Length:N0} bytes; at most {LargestValue:N0} are read. Shorten the text it carries.");
        var envelope = EventReader.Read(record.Text, record.Value, plain: defaultType is not null);
        var type = envelope.Type is { } name ? types.Find(name) : defaultType
            ?? throw new UnreadableRecordException("no-type", "The record does not say what it is: set the CloudEvents attribute `type`, the header `ce_type` or the header `MT-MessageType`.");
        if (type is null || ReadAs(type) is not { } concrete)
        {
            MustNotBeNewer(envelope.Type);
            return null;
        }

        var body = Body(envelope, concrete);
        MustBeUnderItsKey(record, envelope, body);
        return Ready(record, envelope, type, body);
    }

    protected ReadyMessage Ready(KafkaRecord record, EventEnvelope envelope, Type type, object body)
    {
        var id = envelope.MessageId;
        var inbox = endpoint.InboxByPosition || id is null ? PositionId(record) : id.Value;
        return new ReadyMessage(record, envelope, id ?? inbox, inbox, type, body);
    }

    private object Body(EventEnvelope envelope, Type concrete)
    {
        try
        {
            return (envelope.Data.IsEmpty ? null : JsonSerializer.Deserialize(envelope.Data.Span, concrete, types.Json))
                ?? throw new UnreadableRecordException("bad-data", $"`{envelope.Type}` needs a `data` object.");
        }
        catch (Exception broken) when (broken is not (UnreadableRecordException or OutOfMemoryException))
        {
            // Reading touches nothing but the record: whatever goes wrong is the record's fault and will be again.
            throw new UnreadableRecordException("bad-data", $"The data of `{envelope.Type}` does not fit: {broken.Message}", broken);
        }
    }

    /// <summary>A later version of what is wanted here is not for skipping: it waits, as a dead letter, for readers that know it.</summary>
    private void MustNotBeNewer(string? name)
    {
        if (name is null || name.LastIndexOf(".v", StringComparison.Ordinal) is not (> 0 and var dot)
            || !int.TryParse(name.AsSpan(dot + 2), NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            return;
        for (var known = Math.Min(version - 1, MostVersions); known > 0; known--)
        {
            if (types.Find($"{name[..dot]}.v{known}") is { } type && wanted.Contains(type))
                throw new UnreadableRecordException("future-version", $"`{Shorten(name)}` is a later version than this reader knows: it reads `{Shorten(name[..dot])}.v{known}`. Write that, or replay this after an upgrade.");
        }
    }

    private void MustBeUnderItsKey(KafkaRecord record, EventEnvelope envelope, object body)
    {
        if (KeyOf(envelope, body) is not { } expected)
            return;
        if (record.Key is not { Length: > 0 } key)
            throw new UnreadableRecordException("wrong-key", $"The record has no key: a `{envelope.Type}` like this one travels under the key `{Shorten(expected)}`, or messages that belong together lose their order.");
        if (!key.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(expected)))
            throw new UnreadableRecordException("wrong-key", $"The record's key is `{Shorten(Encoding.UTF8.GetString(key))}`: a `{envelope.Type}` like this one travels under `{Shorten(expected)}`, or messages that belong together lose their order.");
    }

    private string? KeyOf(EventEnvelope envelope, object body)
    {
        try
        {
            return types.KeyOf(body);
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            // A body that stays JSON is read here for the first time: text that is no Unicode shows only now.
            throw new UnreadableRecordException("bad-data", $"The key in the data of `{envelope.Type}` cannot be read: {(broken.InnerException ?? broken).Message}", broken);
        }
    }

    /// <summary>The message as MassTransit's pipe sees it.</summary>
    public virtual RecordReceiveContext Open(ReadyMessage message, ReceiveEndpointContext endpoint, Uri inputAddress, string groupId, params object[] payloads) =>
        new(message, endpoint, inputAddress, groupId, HeadersOf(message), payloads);

    protected IHeaderProvider? HeadersOf(ReadyMessage message) => Headers?.Deserialize(message.Record.Headers ?? []);

    // A record without an id is known by its place and time: offsets alone start over when a topic is made anew.
    private static Guid PositionId(KafkaRecord record) =>
        EventEnvelope.Derive($"{record.Position.Topic}/{record.Position.Partition.Value}/{record.Position.Offset.Value}/{record.Timestamp.Ticks}");

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..80] + "…";

    /// <summary>The type to make of a body whose message somebody here wants, by itself or by one of its interfaces; null when nobody does.</summary>
    private Type? ReadAs(Type type) => _readAs.GetOrAdd(type, asked =>
        !wanted.Contains(asked) && !wanted.Any(one => one.IsAssignableFrom(asked)) ? null
        : asked.IsInterface ? TypeMetadataCache.GetImplementationType(asked)
        : asked);
}
