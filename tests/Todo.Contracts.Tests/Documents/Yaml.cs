using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Serialization;

namespace Todo.Contracts.Tests.Documents;

/// <summary>A JSON document as YAML.</summary>
internal static class Yaml
{
    public static string Of(JsonNode document) =>
        new SerializerBuilder().WithQuotingNecessaryStrings(true).WithNewLine("\n").DisableAliases().Build().Serialize(Plain(document)!);

    private static object? Plain(JsonNode? node) => node switch
    {
        null => null,
        JsonObject map => map.ToDictionary(pair => pair.Key, pair => Plain(pair.Value)),
        JsonArray list => list.Select(Plain).ToList(),
        _ => node.GetValueKind() switch
        {
            JsonValueKind.String => node.GetValue<string>(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => decimal.Parse(node.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture),
        },
    };
}
