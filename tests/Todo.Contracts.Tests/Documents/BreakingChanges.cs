using System.Text.Json.Nodes;

namespace Todo.Contracts.Tests.Documents;

/// <summary>What in a schema would surprise a program written against an earlier one of the same name.</summary>
internal static class BreakingChanges
{
    /// <param name="released">The schema of a message as it was released.</param>
    /// <param name="now">The schema it has now.</param>
    /// <param name="theyWrite">True for messages that others write: those may ask for less, ours may promise more.</param>
    public static IReadOnlyList<string> Between(JsonObject released, JsonObject now, bool theyWrite)
    {
        var found = new List<string>();
        Compare(released, now, "data");
        return found;

        void Compare(JsonNode? was, JsonNode? is_, string place)
        {
            var (before, after) = (Resolve(was, released), Resolve(is_, now));
            var (typesBefore, typesAfter) = (Types(before), Types(after));
            if (theyWrite ? !typesBefore.IsSubsetOf(typesAfter) : !typesAfter.IsSubsetOf(typesBefore))
                found.Add($"{place}: its type was {string.Join(" or ", typesBefore)} and is {string.Join(" or ", typesAfter)}");
            else if (before["format"]?.ToJsonString() != after["format"]?.ToJsonString())
                found.Add($"{place}: its format was {before["format"] ?? "none"} and is {after["format"] ?? "none"}");
            if (theyWrite && Words(before).Except(Words(after)) is var gone && after["enum"] is not null && gone.Any())
                found.Add($"{place}: {string.Join(", ", gone)} is no longer taken");

            var (requiredBefore, requiredAfter) = (Words(before, "required"), Words(after, "required"));
            foreach (var field in before["properties"]?.AsObject() ?? [])
            {
                if (after["properties"]?[field.Key] is { } still)
                    Compare(field.Value, still, $"{place}.{field.Key}");
                else
                    found.Add($"{place}.{field.Key}: removed");
            }

            foreach (var field in theyWrite ? requiredAfter.Except(requiredBefore) : requiredBefore.Except(requiredAfter))
                found.Add($"{place}.{field}: {(theyWrite ? "is required now" : "was always there and is not now")}");
            if (before["items"] is { } item && after["items"] is { } itemNow)
                Compare(item, itemNow, place + "[]");
            if (before["additionalProperties"] is { } value && after["additionalProperties"] is { } valueNow)
                Compare(value, valueNow, place + ".*");
        }
    }

    /// <summary>The schema itself, behind a reference and beside a null.</summary>
    private static JsonObject Resolve(JsonNode? node, JsonObject root)
    {
        var schema = node!.AsObject();
        var optional = schema["anyOf"] is JsonArray;
        if (optional)
            schema = schema["anyOf"]![0]!.AsObject();
        if (schema["$ref"]?.GetValue<string>() is not { } link)
            return schema;
        var target = root["$defs"]![link["#/$defs/".Length..]]!.DeepClone().AsObject();
        if (optional)
            target["type"] = new JsonArray("object", "null");
        return target;
    }

    private static HashSet<string> Types(JsonObject schema)
    {
        HashSet<string> types = schema["type"] is JsonArray several ? [.. several.Select(one => one!.GetValue<string>())] : [schema["type"]!.GetValue<string>()];
        return types;
    }

    private static HashSet<string> Words(JsonObject schema, string of = "enum") =>
        [.. schema[of]?.AsArray().Where(word => word is not null).Select(word => word!.GetValue<string>()) ?? []];
}
