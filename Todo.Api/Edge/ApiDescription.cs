using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Todo.Api.Edge;

/// <summary>What the API page says beyond what the slices say themselves.</summary>
internal static class ApiDescription
{
    private const string Introduction = """
        Sign in for a cookie, or send a token. Every answer that is not a success is a problem (RFC 9457) with field errors
        in `errors`. What is not yours answers 404, as if it were not there.

        **Writing safely.** Send `Idempotency-Key` with any write: sent again within a day it gives the same answer and does
        nothing twice; with another body it is refused with 422. Send `X-Command-Id` to know your own echo in the live feed,
        and `X-Zone` (IANA) to say where on earth you are. A `PATCH` touches the fields it carries and no others; null clears.

        **Paging.** Give `next` back as `cursor` until it is absent.

        **Live.** Listen at the SignalR hub `/hubs/tasks`; when you were away, ask `GET /api/v1/changes?since=` with the
        last sequence you saw.
        """;

    public static void Configure(OpenApiOptions options)
    {
        options.AddOperationTransformer(OperationDescription.Transform);
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "TodoBus API";
            document.Info.Version = "v1";
            document.Info.Description = Introduction;
            document.Servers?.Clear(); // the address it was read from
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [OperationDescription.Cookie] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.ApiKey,
                    In = ParameterLocation.Cookie,
                    Name = "todobus",
                    Description = "For browsers, from sign-in (`__Host-todobus` behind https). Writes must also prove their origin, which browsers do by themselves; elsewhere send `Sec-Fetch-Site: same-origin`.",
                },
                [OperationDescription.Token] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    BearerFormat = "todo_…",
                    Description = "For scripts: a personal access token, made at `POST /api/v1/account/tokens` by a person at a browser, with scopes `tasks:read`, `tasks:write`, `account`.",
                },
            };
            SchemaDescription.Complete(document.Components.Schemas!);
            return Task.CompletedTask;
        });
    }
}
