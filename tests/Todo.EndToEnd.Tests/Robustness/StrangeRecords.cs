using System.Text;
using System.Text.Json.Nodes;
using Confluent.Kafka;
using Todo.AppHost;
using Todo.Contracts;

namespace Todo.EndToEnd.Tests.Robustness;

/// <summary>Records as the world writes them: the examples of the contracts, whole, broken, in other envelopes, on the wrong topic, or nothing like them.</summary>
internal sealed class StrangeRecords(int seed)
{
    private static readonly string[] Strings =
    [
        "", " ", "null", "true", "-1", "\0", "a\0b", "\ud800", "\uffff", "\u202e", "🦊", "<script>", "'; drop table tasks.tasks; --", "../../etc/passwd", "%s%n", "{0}",
        "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "9999-12-31", "2026-02-30", "24:00:00", "Mars/Olympus", "UTC", "FREQ=HOURLY", "FREQ=DAILY;COUNT=2147483647", "00000000-0000-0000-0000-000000000000",
    ];

    /// <summary>Stands in our own examples where each record gets another.</summary>
    private const string Id = "0198c7a2-4b1e-7c55-9d0e-3f6a1b2c4d5e";

    private readonly Random _random = new(seed);
    private readonly List<(string Topic, string Event)> _examples = [.. Examples()];
    private readonly List<string> _ids = [.. Enumerable.Range(0, 200).Select(i => new Guid(seed, (short)i, 7, [1, 2, 3, 4, 5, 6, 7, 8]).ToString())];

    /// <summary>The next record and where it goes.</summary>
    public (string Topic, Message<byte[]?, byte[]?> Record) Next()
    {
        var (topic, text) = One(_examples);
        var known = JsonNode.Parse(text)!.AsObject();
        text = text.Replace(known["partitionkey"]!.ToString(), One(_ids), StringComparison.Ordinal);
        var came = JsonNode.Parse(text)!.AsObject();
        came["id"] = _random.Next(10) == 0 ? came["id"]!.DeepClone() : Guid.NewGuid().ToString();
        var key = Encoding.UTF8.GetBytes(came["partitionkey"]!.ToString());
        return (_random.Next(8) == 0 ? One(Topics.All) : topic, _random.Next(16) switch
        {
            0 or 1 => Structured(key, came),
            2 => Structured(key, Drop(came)),
            3 or 4 => Structured(key, Swap(came)),
            5 => Raw(key, Flip(Encoding.UTF8.GetBytes(came.ToJsonString()))),
            6 => Raw(key, Encoding.UTF8.GetBytes(came.ToJsonString())[..^_random.Next(1, 200)]),
            7 => Raw(key, Noise()),
            8 => Raw(_random.Next(2) == 0 ? null : key, null),
            9 => Structured(key, Deepen(came)),
            10 => Structured(_random.Next(3) switch { 0 => null, 1 => Noise(), _ => [] }, came),
            11 => Structured(key, Retyped(came)),
            12 => Binary(key, _random.Next(2) == 0 ? came : Swap(came)),
            13 => MassTransit(key, _random.Next(2) == 0 ? came : Swap(came)),
            14 => Wrapped(key, came),
            _ => Structured(key, Swell(came)),
        });
    }

    private static IEnumerable<(string Topic, string Event)> Examples()
    {
        var document = JsonNode.Parse(File.ReadAllText(Repository.PathTo("docs", "contracts", "asyncapi.json")))!;
        foreach (var (name, message) in document["components"]!["messages"]!.AsObject())
            yield return (TopicOf(name), message!["examples"]![0]!["payload"]!.ToJsonString());
        // What only we write has no example: something like it, on its topic.
        foreach (var (type, name) in MessageCatalogue.All.Where(known => Attribute(known.Key).Ours))
            yield return (Attribute(type).Topic, $$$"""{"specversion":"1.0","id":"a","source":"/fuzz","type":"{{{name}}}","partitionkey":"{{{Id}}}","data":{"taskId":"{{{Id}}}","ownerId":"{{{Id}}}","seriesId":"{{{Id}}}","occurrence":2,"previousTaskId":"{{{Id}}}","due":{"date":"2026-12-04"},"reminders":[],"occurredAt":"2026-12-01T08:30:00Z"}}""");
        yield return (Topics.TaskTimers, $$$"""{"specversion":"1.0","id":"a","source":"/fuzz","type":"todo.task.reminder-timeout.v1","partitionkey":"{{{Id}}}","data":{"taskId":"{{{Id}}}"} }""");
    }

    private static string TopicOf(string name) => Attribute(MessageCatalogue.All.Single(known => known.Value == name).Key).Topic;

    private static MessageAttribute Attribute(Type type) => (MessageAttribute)type.GetCustomAttributes(typeof(MessageAttribute), false)[0];

    private static Message<byte[]?, byte[]?> Structured(byte[]? key, JsonNode came) => Raw(key, Encoding.UTF8.GetBytes(came.ToJsonString()));

    private static Message<byte[]?, byte[]?> Raw(byte[]? key, byte[]? value) =>
        new() { Key = key, Value = value, Headers = new Headers { { "content-type", "application/cloudevents+json"u8.ToArray() } } };

    private Message<byte[]?, byte[]?> Binary(byte[]? key, JsonObject came) => new()
    {
        Key = key,
        Value = Encoding.UTF8.GetBytes(came["data"]?.ToJsonString() ?? ""),
        Headers = Headers(("ce_specversion", "1.0"), ("ce_id", Text(came["id"])), ("ce_source", "/fuzz"), ("ce_type", Text(came["type"])), ("ce_time", One(Strings)), ("traceparent", One(Strings))),
    };

    private Message<byte[]?, byte[]?> MassTransit(byte[]? key, JsonObject came) => new()
    {
        Key = key,
        Value = Encoding.UTF8.GetBytes(came["data"]?.ToJsonString() ?? ""),
        Headers = Headers(("MessageId", _random.Next(2) == 0 ? One(Strings) : Text(came["id"])), ("MT-MessageType", Text(came["type"])), ("ConversationId", One(Strings))),
    };

    private static Message<byte[]?, byte[]?> Wrapped(byte[]? key, JsonObject came) => new()
    {
        Key = key,
        Value = Encoding.UTF8.GetBytes(new JsonObject { ["specversion"] = "1.0", ["id"] = Guid.NewGuid().ToString(), ["source"] = "fuzz", ["type"] = "com.dapr.event.sent", ["data"] = came.DeepClone() }.ToJsonString()),
        Headers = [],
    };

    private static Headers Headers(params (string Name, string Value)[] headers)
    {
        var all = new Headers();
        foreach (var (name, value) in headers)
            all.Add(name, Encoding.UTF8.GetBytes(value));
        return all;
    }

    private JsonObject Drop(JsonObject came)
    {
        var (parent, name) = One([.. Places(came)]);
        ((JsonObject)parent).Remove(name);
        return came;
    }

    private JsonObject Swap(JsonObject came)
    {
        for (var times = _random.Next(1, 4); times > 0; times--)
        {
            var (parent, name) = One([.. Places(came)]);
            ((JsonObject)parent)[name] = Anything();
        }

        return came;
    }

    private JsonObject Deepen(JsonObject came)
    {
        var node = (JsonNode)new JsonArray();
        for (var depth = _random.Next(20, 120); depth > 0; depth--)
            node = depth % 2 == 0 ? new JsonArray(node) : new JsonObject { ["a"] = node };
        if (came["data"] is JsonObject data)
            data["task"] = node;
        return came;
    }

    private JsonObject Retyped(JsonObject came)
    {
        var type = came["type"]!.ToString();
        came["type"] = _random.Next(6) switch { 0 => type[..^1] + "9", 1 => type + ".v99999999999", 2 => One(Strings), 3 => "someone.else.happened.v1", 4 => new string('t', 5000), _ => type.ToUpperInvariant() };
        return came;
    }

    private JsonObject Swell(JsonObject came)
    {
        var (parent, name) = One([.. Places(came)]);
        ((JsonObject)parent)[name] = new string('a', _random.Next(40) == 0 ? 1_100_000 : 20_000);
        return came;
    }

    private JsonNode? Anything() => _random.Next(9) switch
    {
        0 => null,
        1 => JsonValue.Create(_random.Next(2) == 0),
        2 => JsonValue.Create(long.MaxValue),
        3 => JsonValue.Create(-1),
        4 => JsonValue.Create(1e308),
        5 => new JsonArray(1, "a", null),
        6 => new JsonObject { ["a"] = 1 },
        _ => JsonValue.Create(One(Strings)),
    };

    private static IEnumerable<(JsonNode Parent, string Name)> Places(JsonObject came) =>
        came.SelectMany(member => member.Value is JsonObject inner ? Places(inner).Append((came, member.Key)) : [(came, member.Key)]);

    private byte[] Flip(byte[] value)
    {
        for (var times = _random.Next(1, 6); times > 0; times--)
            value[_random.Next(value.Length)] = (byte)_random.Next(256);
        return value;
    }

    private byte[] Noise()
    {
        var noise = new byte[_random.Next(300)];
        _random.NextBytes(noise);
        return noise;
    }

    private static string Text(JsonNode? node) => node is null ? "" : node is JsonValue value && value.TryGetValue<string>(out var text) ? text : node.ToJsonString();

    private T One<T>(IReadOnlyList<T> many) => many[_random.Next(many.Count)];
}
