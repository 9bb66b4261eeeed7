using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Todo.Api.Identity;
using Todo.Api.Tasks;

namespace Todo.Api.Edge;

/// <summary>Says of every operation what the edge does with it, so that no slice has to: names, keys, headers, refusals.</summary>
internal static class OperationDescription
{
    public const string Cookie = "cookie";
    public const string Token = "token";

    private static readonly (int Status, string When)[] ForAll =
        [(401, "Nobody is signed in, or the token is none."), (429, "Too many requests; Retry-After says when to come back.")];

    private static readonly Dictionary<string, string> InPaths = new(StringComparer.Ordinal)
    {
        ["taskId"] = "The task.",
        ["reminderId"] = "The reminder, as in the task's `reminders`.",
        ["projectId"] = "The project.",
        ["sectionId"] = "The section.",
        ["filterId"] = "The saved filter.",
        ["tokenId"] = "The token.",
        ["sessionId"] = "The session.",
        ["notificationId"] = "The notification.",
        ["undoToken"] = "What `X-Undo-Token` said, or `undoToken` of a bulk answer.",
    };

    public static Task Transform(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var method = context.Description.HttpMethod ?? "GET";
        var reads = method is "GET";
        operation.OperationId = NameOf(metadata.OfType<MethodInfo>().FirstOrDefault());
        operation.Responses ??= [];
        foreach (var (status, when) in ForAll)
            Refuses(operation, context, status, when);

        if (metadata.OfType<IAllowAnonymous>().Any())
            operation.Security = [];
        else
            Protect(operation, context, metadata, reads);
        if (!reads && operation.Security is { Count: > 0 })
            TakesKeys(operation, context);
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
            parameter.Description ??= InPaths.GetValueOrDefault(parameter.Name ?? "");
        RefusesWhatIsWrong(operation, context, metadata);
        if (operation.Responses.ContainsKey("412"))
            Takes(operation, "If-Match", "The version you last saw, as ETag: refused with 412 and the task in `current` when it is another one by now.", "\"3\"");
        if (metadata.OfType<TaskAnswer>().Any() && operation.Responses.Keys.FirstOrDefault(status => status is "200" or "201") is { } success)
            AnswersWithHeaders((OpenApiResponse)operation.Responses[success]);
        Takes(operation, "X-Zone", "Where on earth you are (IANA); your preferences say otherwise.", "Europe/Paris");
        if (operation.OperationId is { } name && Examples.Bodies.TryGetValue(name, out var body) && operation.RequestBody?.Content is { } contents)
        {
            foreach (var content in contents.Values.OfType<OpenApiMediaType>())
                content.Example = JsonNode.Parse(body);
        }

        return Task.CompletedTask;
    }

    /// <summary>CreateTask for CreateTask.Handle, ListProjects for ManageProjects.List: what generated clients call it.</summary>
    private static string? NameOf(MethodInfo? handler)
    {
        if (handler is not { DeclaringType.Name: var slice, Name: var verb } || slice.Contains('<', StringComparison.Ordinal))
            return null;
        if (verb == "Handle" || slice.StartsWith(verb, StringComparison.Ordinal))
            return slice;
        if (slice == nameof(PauseSeries))
            return $"{verb}Series";
        return slice.StartsWith("Manage", StringComparison.Ordinal) ? $"{verb}{slice["Manage".Length..]}" : $"{slice}{verb}";
    }

    private static void Protect(OpenApiOperation operation, OpenApiOperationTransformerContext context, IList<object> metadata, bool reads)
    {
        operation.Security = [new() { [new OpenApiSecuritySchemeReference(Cookie, context.Document)] = [] }];
        if (metadata.OfType<NeedsBrowser>().Any())
        {
            Refuses(operation, context, 403, "Only a person at a browser may do this.");
            return;
        }

        var scope = metadata.OfType<NeedsScope>().LastOrDefault()?.Scope ?? (reads ? "tasks:read" : "tasks:write");
        operation.Security.Add(new() { [new OpenApiSecuritySchemeReference(Token, context.Document)] = [] });
        Refuses(operation, context, 403, $"The token has no scope `{scope}`, or another site sent the request.");
    }

    private static void RefusesWhatIsWrong(OpenApiOperation operation, OpenApiOperationTransformerContext context, IList<object> metadata)
    {
        if (operation.RequestBody is not null || operation.Parameters?.Any(parameter => parameter.In == ParameterLocation.Query) == true)
            Refuses(operation, context, 400, "Something is wrong with what was sent: `errors` says what, by field.", "HttpValidationProblemDetails");
        if (operation.RequestBody is not null)
        {
            Refuses(operation, context, 413, "The body is larger than 1 MB.");
            Refuses(operation, context, 415, "The body is not `application/json`.");
        }

        if (operation.Responses!.ContainsKey("404"))
            Refuses(operation, context, 404, "There is none, or it is not yours.");
        if (!operation.Responses.TryGetValue("412", out var outdated))
            return;
        Refuses(operation, context, 412, "It has changed since the version in If-Match; a task's `current` shows how it stands.");
        if (metadata.OfType<TaskAnswer>().Any())
            ((OpenApiResponse)outdated).Content!["application/problem+json"] = new OpenApiMediaType { Schema = SchemaDescription.WithCurrentTask(context.Document!) };
    }

    private static void TakesKeys(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        Takes(operation, IdempotencyKey.Header, "A name for this write, up to 200 characters: sent again within 24 hours it gets the same answer and does nothing twice.", "0f8fad5b-1");
        Takes(operation, "X-Command-Id", "What you call this command; the live feed repeats it, so that you know your own echo.", "c-42");
        Refuses(operation, context, 409, "It cannot be so at the moment; `detail` says why. Also: the first request with this key is still running.");
        Refuses(operation, context, 422, "The Idempotency-Key was used for another request.");
    }

    private static void Takes(OpenApiOperation operation, string header, string what, string example)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = header,
            In = ParameterLocation.Header,
            Description = what,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            Example = JsonValue.Create(example),
        });
    }

    private static void Refuses(OpenApiOperation operation, OpenApiOperationTransformerContext context, int status, string when, string schema = "ProblemDetails")
    {
        var key = status.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (operation.Responses!.TryGetValue(key, out var known) && known is OpenApiResponse { Content.Count: > 0 } described)
        {
            described.Description = when;
            return;
        }

        operation.Responses[key] = new OpenApiResponse
        {
            Description = when,
            Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(schema, context.Document) } },
        };
    }

    private static void AnswersWithHeaders(OpenApiResponse response) => response.Headers = new Dictionary<string, IOpenApiHeader>
    {
        ["ETag"] = new OpenApiHeader { Description = "The task's version, for If-Match.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
        ["X-Undo-Token"] = new OpenApiHeader { Description = "Takes this change back at POST /undo/{undoToken}, within an hour; absent where nothing changed, and on creation.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
    };
}
