using System.Text.Json.Nodes;

namespace Todo.Contracts.Tests.Documents;

/// <summary>All topics and messages as one AsyncAPI 3.0 document.</summary>
internal static class AsyncApi
{
    private const string Binding = "0.5.0";

    private const string Introduction =
        """
        The topics of TodoBus. Every value is a CloudEvents 1.0 event in structured mode: the record's value is the whole event as JSON.
        `type` says what it is and in which version; `data` is described by the schema of that name under `schemas/`.
        Within a version fields are only added: ignore what you do not know. Every message may come more than once; `source` and `id` name it for ever.
        """;

    public static JsonObject Document() => new()
    {
        ["asyncapi"] = "3.0.0",
        ["info"] = new JsonObject
        {
            ["title"] = "TodoBus",
            ["version"] = "1.0.0",
            ["description"] = Introduction,
            ["license"] = new JsonObject { ["name"] = "MIT" },
        },
        ["defaultContentType"] = "application/cloudevents+json",
        ["channels"] = new JsonObject(Topics.Published.Select(topic => KeyValuePair.Create<string, JsonNode?>(topic.Name, Channel(topic)))),
        ["operations"] = new JsonObject(Topics.Published.Select(topic => KeyValuePair.Create<string, JsonNode?>(
            (topic.Use == TopicUse.Read ? "send-" : "receive-") + topic.Name, Operation(topic)))),
        ["components"] = new JsonObject
        {
            ["messages"] = new JsonObject(Message.All.Select(message => KeyValuePair.Create<string, JsonNode?>(message.Id, Describe(message)))),
            ["schemas"] = Schemas(),
        },
    };

    private static JsonObject Channel(TopicDescription topic) => new()
    {
        ["address"] = topic.Name,
        ["description"] = $"{topic.Meaning}\n\nKey: `{topic.Key}` as text. Order: {topic.Ordering}",
        ["messages"] = new JsonObject(Of(topic).Select(message => KeyValuePair.Create<string, JsonNode?>(message.Id, Reference($"#/components/messages/{message.Id}")))),
        ["bindings"] = new JsonObject { ["kafka"] = new JsonObject { ["topic"] = topic.Name, ["partitions"] = 12, ["bindingVersion"] = Binding } },
    };

    private static JsonObject Operation(TopicDescription topic) => new()
    {
        // AsyncAPI speaks from the side of the application described: ours.
        ["action"] = topic.Use == TopicUse.Read ? "send" : "receive",
        ["channel"] = Reference($"#/channels/{topic.Name}"),
        ["summary"] = topic.Use == TopicUse.Read ? $"TodoBus writes {topic.Name}; anybody may read it." : $"TodoBus reads {topic.Name}; programs that may write to it do.",
        ["messages"] = new JsonArray([.. Of(topic).Select(message => Reference($"#/channels/{topic.Name}/messages/{message.Id}"))]),
    };

    private static JsonObject Describe(Message message) => new()
    {
        ["name"] = message.Id,
        ["title"] = message.Id,
        ["summary"] = message.Meaning,
        ["description"] = string.Join("\n\n", [message.Remarks ?? message.Topic.Ordering, $"It may come more than once. Key: `data.{message.Topic.Key}`.", .. message.Named.Ours ? [Ours] : Array.Empty<string>()]),
        ["contentType"] = "application/cloudevents+json",
        ["headers"] = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["content-type"] = new JsonObject { ["type"] = "string", ["description"] = "application/cloudevents+json; charset=utf-8" },
                ["traceparent"] = new JsonObject { ["type"] = "string", ["description"] = "The W3C trace the message belongs to." },
            },
        },
        ["payload"] = new JsonObject
        {
            ["allOf"] = new JsonArray(
                Reference("#/components/schemas/CloudEvent"),
                new JsonObject
                {
                    ["type"] = "object",
                    ["required"] = new JsonArray("type", "data"),
                    ["properties"] = new JsonObject
                    {
                        ["type"] = new JsonObject { ["type"] = "string", ["const"] = message.Id },
                        ["data"] = Reference($"#/components/schemas/{message.Type.Name}"),
                    },
                }),
        },
        ["bindings"] = new JsonObject
        {
            ["kafka"] = new JsonObject
            {
                ["key"] = new JsonObject { ["type"] = "string", ["description"] = $"`{message.Topic.Key}` of the data, as text." },
                ["bindingVersion"] = Binding,
            },
        },
        ["examples"] = new JsonArray(new JsonObject { ["name"] = "example", ["payload"] = message.Event }),
    };

    private const string Ours = "TodoBus' own programs say this to each other. Described so that you know what to skip; do not write it.";

    private static JsonObject Schemas()
    {
        var schemas = SchemaWriter.All("#/components/schemas/");
        schemas.Insert(0, "CloudEvent", Envelope());
        return schemas;
    }

    /// <summary>The envelope alone, a schema of its own too.</summary>
    public static JsonObject Envelope() => new()
    {
        ["description"] = "CloudEvents 1.0, the attributes that we write. Others may come; ignore them.",
        ["type"] = "object",
        ["required"] = new JsonArray("specversion", "id", "source", "type"),
        ["properties"] = new JsonObject
        {
            ["specversion"] = new JsonObject { ["type"] = "string", ["const"] = "1.0" },
            ["id"] = Text("With `source` the name of this event for ever: what has been seen before is a repetition. Ours are UUIDs."),
            ["source"] = Text("Which program wrote it: `/todo/api`, `/todo/workers`, or yours."),
            ["type"] = Text("What it is, version included."),
            ["subject"] = Text("The key once more: what it is about."),
            ["partitionkey"] = Text("The record's key."),
            ["time"] = Text("When it was written, RFC 3339 in UTC."),
            ["datacontenttype"] = Text("`application/json`."),
            ["correlationid"] = Text("The same on everything that one request caused."),
            ["causationid"] = Text("The `id` of the event that caused this one, where one did."),
            ["traceparent"] = Text("The W3C trace it began in."),
            ["data"] = new JsonObject { ["type"] = "object", ["description"] = "What the schema of the type says." },
        },
    };

    private static JsonObject Text(string description) => new() { ["type"] = "string", ["description"] = description };

    private static JsonObject Reference(string to) => new() { ["$ref"] = to };

    private static IEnumerable<Message> Of(TopicDescription topic) => Message.All.Where(message => message.Topic == topic);
}
