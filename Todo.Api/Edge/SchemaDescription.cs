using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Todo.Api.Edge;

/// <summary>Says of the schemas what the types' own summaries cannot, or say where no reader of the page would look.</summary>
internal static class SchemaDescription
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["ProblemDetails"] = "What went wrong (RFC 9457).",
        ["HttpValidationProblemDetails"] = "What was wrong with what was sent (RFC 9457).",
        ["DayOfWeek"] = "A day of the week.",
        ["JsonElement"] = "Any JSON: the body of the fact or command that was recorded.",
        ["SnoozeChoice"] = "One of the usual moments to be reminded again.",
        ["AccountExport"] = "Everything of yours, the trash included.",
    };

    private static readonly Dictionary<string, string> ProblemFields = new(StringComparer.Ordinal)
    {
        ["type"] = "A page about problems of this kind.",
        ["title"] = "The kind of problem.",
        ["status"] = "The status, as the answer has it.",
        ["detail"] = "What went wrong, as a sentence for people.",
        ["instance"] = "Not used.",
        ["errors"] = "What is wrong, by field, as sentences for people. A body that cannot be read has `$`.",
    };

    private static readonly Dictionary<string, string> ExportFields = new(StringComparer.Ordinal)
    {
        ["email"] = "The address.",
        ["preferences"] = "What you prefer.",
        ["projects"] = "All projects, with their sections.",
        ["filters"] = "All saved filters.",
        ["views"] = "How lists are shown, where not as usual.",
        ["tasks"] = "All tasks, whatever became of them.",
    };

    /// <summary>What clients send as well, and may leave out what has a default of.</summary>
    private static readonly HashSet<string> SentToo = new(["BulkCommand", "Due", "ListView", "Preferences", "QuietHours", "RecurrenceRule", "Reminder"], StringComparer.Ordinal);

    public static void Complete(IDictionary<string, IOpenApiSchema> schemas)
    {
        foreach (var (name, schema) in schemas.Select(named => (named.Key, (OpenApiSchema)named.Value)))
        {
            schema.Description ??= Words.GetValueOrDefault(name);
            if (!name.EndsWith("Request", StringComparison.Ordinal))
                LeavesOutWhatIsNull(schema);
            if (!name.EndsWith("Request", StringComparison.Ordinal) && !name.EndsWith("ProblemDetails", StringComparison.Ordinal) && !SentToo.Contains(name))
                HoldsTheRest(schema);
            foreach (var property in schema.Properties?.Values.OfType<OpenApiSchema>() ?? [])
                property.Description ??= property.OneOf?.Select(one => one.Description).FirstOrDefault(text => text is not null);
        }

        foreach (var name in (string[])["ProblemDetails", "HttpValidationProblemDetails"])
            CompleteProblem((OpenApiSchema)schemas[name]);
        Describe((OpenApiSchema)schemas["AccountExport"], ExportFields);
        ((OpenApiSchema)schemas["HttpValidationProblemDetails"]).Examples = [JsonNode.Parse(
            """{"title":"One or more validation errors occurred.","status":400,"errors":{"title":["Must not be empty."]},"traceId":"0af7651916cd43dd8448eb211c80319c"}""")!];

        var reminder = (OpenApiSchema)schemas["Reminder"];
        reminder.Required?.Remove("reminderId");
        ((OpenApiSchema)reminder.Properties!["reminderId"]).Description += " Leave it out for a new one, and the server makes one; answers always have it.";
        ((OpenApiSchema)schemas["CreateTaskRequest"]).Required = new HashSet<string> { "title" };
    }

    /// <summary>A problem that shows how the task stands.</summary>
    public static OpenApiSchema WithCurrentTask(OpenApiDocument document) => new()
    {
        AllOf =
        [
            new OpenApiSchemaReference("ProblemDetails", document),
            new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Properties = new Dictionary<string, IOpenApiSchema> { ["current"] = new OpenApiSchemaReference("TaskView", document) },
            },
        ],
    };

    /// <summary>What is null is left out of answers, so no reader may count on it.</summary>
    private static void LeavesOutWhatIsNull(OpenApiSchema schema)
    {
        foreach (var (name, _) in Properties(schema).Where(one => MayBeNull(one.Value)))
            schema.Required?.Remove(name);
    }

    /// <summary>And everything else is always there, also what has a default on our side.</summary>
    private static void HoldsTheRest(OpenApiSchema schema)
    {
        foreach (var (name, _) in Properties(schema).Where(one => !MayBeNull(one.Value)))
            (schema.Required ??= new HashSet<string>()).Add(name);
    }

    private static IDictionary<string, IOpenApiSchema> Properties(OpenApiSchema schema) => schema.Properties ?? new Dictionary<string, IOpenApiSchema>();

    private static bool MayBeNull(IOpenApiSchema property) =>
        property.Type?.HasFlag(JsonSchemaType.Null) == true || property.OneOf?.Any(one => one.Type == JsonSchemaType.Null) == true;

    private static void CompleteProblem(OpenApiSchema problem)
    {
        problem.Properties!["traceId"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Names the request in traces and logs; tell it to whoever runs the server." };
        problem.Required = new HashSet<string> { "title", "status" };
        Describe(problem, ProblemFields);
    }

    private static void Describe(OpenApiSchema schema, Dictionary<string, string> fields)
    {
        foreach (var (name, property) in schema.Properties!)
        {
            if (property is OpenApiSchema own)
                own.Description ??= fields.GetValueOrDefault(name);
            else if (property is OpenApiSchemaReference reference && fields.TryGetValue(name, out var text))
                reference.Description = text; // what the reference shows of itself is the description of what it leads to
        }
    }
}
