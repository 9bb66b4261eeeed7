using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;

namespace Todo.Api.Tests.Edge;

/// <summary>The description of the API as it was agreed (ApiDescriptionTests hold the served one to it), and what it says of an answer.</summary>
internal sealed class Contract
{
    private static readonly Lazy<Contract> Read = new(() => new Contract(JsonNode.Parse(File.ReadAllText(Path.Combine(Folder(), "openapi.v1.json")))!));

    private Contract(JsonNode document) => Operations =
    [
        .. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(one => new Operation(document, path.Key, one.Key, one.Value!))),
    ];

    public static Contract Agreed => Read.Value;

    public IReadOnlyList<Operation> Operations { get; }

    /// <summary>Words before ids: /tasks/counts is not the task named counts.</summary>
    public Operation? Find(string method, string path) => Operations.FirstOrDefault(one => one.Is(method, path));

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    internal sealed class Operation(JsonNode document, string path, string method, JsonNode says)
    {
        private readonly ConcurrentDictionary<string, JsonSchema?> _schemas = new(StringComparer.Ordinal);

        private readonly Regex _path = new($"^{Regex.Replace(path, @"\{\w+\}", path.Contains("{name}", StringComparison.Ordinal) ? "[^/]+" : "[0-9a-fA-F-]{36}")}/?$");

        public string Name => (string)says["operationId"]!;

        public bool Reads => method == "get";

        public bool Is(string asked, string at) => asked.Equals(method, StringComparison.OrdinalIgnoreCase) && _path.IsMatch(at);

        public void Check(string status, string? mediaType, string body)
        {
            var response = says["responses"]![status];
            response.Should().NotBeNull($"{Name} answered {status} {body}, and the reference does not say so");
            var shown = response!["content"]?.AsObject().Select(content => content.Key).ToList() ?? [];
            if (shown.Count > 0)
                shown.Should().Contain(mediaType ?? "nothing", $"{Name} answered {status} {body}");
            if (_schemas.GetOrAdd(status, _ => SchemaOf(response!)) is not { } schema)
            {
                body.Should().BeEmpty($"{Name} answered {status}, for which the reference shows no body");
                return;
            }

            var verdict = schema.Evaluate(JsonDocument.Parse(body).RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
            verdict.IsValid.Should().BeTrue($"{Name} answered {status} {body}: {string.Join("; ", (verdict.Details ?? []).SelectMany(d => d.Errors?.Select(e => $"{d.InstanceLocation} {e.Value}") ?? []))}");
        }

        private JsonSchema? SchemaOf(JsonNode response)
        {
            if (response["content"]?.AsObject().First().Value?["schema"] is not { } schema)
                return null;
            var whole = schema.DeepClone().AsObject();
            whole["$schema"] = "https://json-schema.org/draft/2020-12/schema";
            whole["$defs"] = Strict(document["components"]!["schemas"]!);
            return JsonSchema.FromText(whole.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal), new BuildOptions { SchemaRegistry = new SchemaRegistry() });
        }

        /// <summary>A field that the reference does not name is as wrong as one that is missing.</summary>
        private static JsonNode Strict(JsonNode schemas)
        {
            var strict = schemas.DeepClone();
            foreach (var (name, schema) in strict.AsObject())
            {
                if (schema!["properties"] is not null && schema["additionalProperties"] is null && !name.EndsWith("ProblemDetails", StringComparison.Ordinal))
                    schema["additionalProperties"] = false;
            }

            return strict;
        }
    }
}
