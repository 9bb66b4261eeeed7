using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Todo.Contracts.Tasks;

namespace Todo.Contracts.Tests.Documents;

/// <summary>Writes the JSON Schema (draft 2020-12) of a message from the metadata that reads and writes it.</summary>
/// <remarks>
/// What only we write lists as required whatever is always there; what others write requires what reading requires. Schemas say
/// nothing about unknown fields: readers ignore them, so that fields can be added.
/// </remarks>
internal static class SchemaWriter
{
    private const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    private static readonly HashSet<Type> TheyWrite = [.. Message.All.Where(message => message.Topic.Use == TopicUse.Write).SelectMany(message => Within(message.Type))];

    /// <summary>What the rules of a task say beyond the types.</summary>
    private static readonly Dictionary<(string Type, string Field), JsonObject> Limits = new()
    {
        [("CreateTaskRequest", "title")] = new() { ["minLength"] = 1, ["maxLength"] = TaskRules.TitleLength },
        [("CreateTaskRequest", "notes")] = new() { ["maxLength"] = TaskRules.NotesLength },
        [("CreateTaskRequest", "priority")] = new() { ["minimum"] = 1, ["maximum"] = 4 },
        [("CreateTaskRequest", "labels")] = new() { ["maxItems"] = TaskRules.ListLength },
        [("CreateTaskRequest", "reminders")] = new() { ["maxItems"] = TaskRules.ListLength },
        [("CreateTaskRequest", "estimateMinutes")] = new() { ["minimum"] = 1, ["maximum"] = 100_000 },
        [("UpdateTaskRequest", "title")] = new() { ["minLength"] = 1, ["maxLength"] = TaskRules.TitleLength },
        [("UpdateTaskRequest", "notes")] = new() { ["maxLength"] = TaskRules.NotesLength },
        [("UpdateTaskRequest", "priority")] = new() { ["minimum"] = 1, ["maximum"] = 4 },
        [("UpdateTaskRequest", "labels")] = new() { ["maxItems"] = TaskRules.ListLength },
        [("UpdateTaskRequest", "reminders")] = new() { ["maxItems"] = TaskRules.ListLength },
        [("UpdateTaskRequest", "estimateMinutes")] = new() { ["minimum"] = 1, ["maximum"] = 100_000 },
    };

    /// <summary>A file of its own: the schema of the data of one message.</summary>
    public static JsonObject Of(Message message)
    {
        var schema = new JsonObject
        {
            ["$schema"] = Dialect,
            ["$id"] = $"urn:todobus:{message.Id}",
            ["title"] = message.Id,
        };
        foreach (var (name, value) in Object(message.Type, "#/$defs/"))
            schema[name] = value?.DeepClone();
        var parts = Within(message.Type).Where(type => type != message.Type).OrderBy(type => type.Name, StringComparer.Ordinal).ToList();
        if (parts.Count > 0)
            schema["$defs"] = new JsonObject(parts.Select(type => KeyValuePair.Create<string, JsonNode?>(type.Name, Object(type, "#/$defs/"))));
        return schema;
    }

    /// <summary>Every type of every message by its name, referring to each other beneath <paramref name="root"/>.</summary>
    public static JsonObject All(string root) => new(Message.All
        .SelectMany(message => Within(message.Type)).Distinct().OrderBy(type => type.Name, StringComparer.Ordinal)
        .Select(type => KeyValuePair.Create<string, JsonNode?>(type.Name, Object(type, root))));

    /// <summary>The type and every type of ours that its fields lead to.</summary>
    public static IReadOnlyList<Type> Within(Type type)
    {
        var found = new List<Type>();
        Visit(type);
        return found;

        void Visit(Type next)
        {
            var info = Info(next);
            if (info.Kind == JsonTypeInfoKind.Enumerable)
                Visit(info.ElementType!);
            else if (info.Kind == JsonTypeInfoKind.Dictionary)
                Visit(info.ElementType!);
            if (info.Kind != JsonTypeInfoKind.Object || found.Contains(next))
                return;
            found.Add(next);
            foreach (var property in Written(info))
                Visit(property.PropertyType);
        }
    }

    private static JsonObject Object(Type type, string root)
    {
        var (properties, required) = (new JsonObject(), new JsonArray());
        foreach (var property in Written(Info(type)))
        {
            properties[property.Name] = Property(type, property, root);
            if (IsRequired(type, property))
                required.Add(property.Name);
        }

        var schema = new JsonObject { ["description"] = XmlDocs.Of(type), ["type"] = "object", ["properties"] = properties };
        if (required.Count > 0)
            schema["required"] = required;
        return schema;
    }

    private static bool IsRequired(Type type, JsonPropertyInfo property) => !MayBeNull(property)
        && (property.IsRequired || property.AssociatedParameter is { HasDefaultValue: false } || !TheyWrite.Contains(type));

    private static JsonObject Property(Type type, JsonPropertyInfo property, string root)
    {
        var schema = Reference(property.PropertyType, root, MayBeNull(property));
        if (XmlDocs.Of(type, property.Name) is { } description)
            schema.Insert(0, "description", description);
        foreach (var (name, value) in Limits.GetValueOrDefault((type.Name, property.Name)) ?? [])
            schema[name] = value!.DeepClone();
        if (TheyWrite.Contains(type) && property.AssociatedParameter is { HasDefaultValue: true, DefaultValue: not null } given)
            schema["default"] = JsonSerializer.SerializeToNode(given.DefaultValue, property.PropertyType, ContractsJson.Default.Options);
        return schema;
    }

    private static JsonObject Reference(Type type, string root, bool mayBeNull)
    {
        var info = Info(type);
        switch (info.Kind)
        {
            case JsonTypeInfoKind.Object:
                var reference = new JsonObject { ["$ref"] = root + type.Name };
                return mayBeNull ? new JsonObject { ["anyOf"] = new JsonArray(reference, new JsonObject { ["type"] = "null" }) } : reference;
            case JsonTypeInfoKind.Enumerable:
                return new JsonObject { ["type"] = Named("array", mayBeNull), ["items"] = Reference(info.ElementType!, root, false) };
            case JsonTypeInfoKind.Dictionary:
                return new JsonObject { ["type"] = Named("object", mayBeNull), ["additionalProperties"] = Reference(info.ElementType!, root, false) };
            default:
                return Leaf(Nullable.GetUnderlyingType(type) ?? type, mayBeNull);
        }
    }

    private static JsonObject Leaf(Type type, bool mayBeNull)
    {
        var exported = ContractsJson.Default.Options.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true }).AsObject();
        if (type.IsEnum)
        {
            var words = XmlDocs.OfWords(type).ToList();
            exported = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. words.Select(word => JsonValue.Create(word.Word))]) };
            if (mayBeNull)
                exported["enum"]!.AsArray().Add(null);
        }

        var name = exported["type"] is JsonArray several ? several.Select(one => one!.GetValue<string>()).First(one => one != "null") : exported["type"]!.GetValue<string>();
        exported["type"] = Named(name, mayBeNull);
        return exported;
    }

    private static JsonNode Named(string type, bool mayBeNull) => mayBeNull ? new JsonArray(type, "null") : JsonValue.Create(type);

    private static bool MayBeNull(JsonPropertyInfo property) =>
        Nullable.GetUnderlyingType(property.PropertyType) is not null || (!property.PropertyType.IsValueType && property.IsGetNullable);

    /// <summary>Those that are on the wire; ignored ones are listed without a way to read or write them.</summary>
    private static IEnumerable<JsonPropertyInfo> Written(JsonTypeInfo info) => info.Properties.Where(property => property.Get is not null || property.Set is not null);

    private static JsonTypeInfo Info(Type type) => ContractsJson.Default.Options.GetTypeInfo(type);
}
