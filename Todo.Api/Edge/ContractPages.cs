using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Todo.Api.Edge;

/// <summary>GET /contracts — what integrators read: the page, the AsyncAPI document and the schemas, as they are kept in docs/contracts.</summary>
internal static class ContractPages
{
    private const string Prefix = "contracts/";

    private static readonly FrozenDictionary<string, Page> Pages = typeof(ContractPages).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..].Replace('\\', '/'), Read, StringComparer.Ordinal);

    public static void MapContracts(this WebApplication app)
    {
        var contracts = app.MapGroup("/contracts").AllowAnonymous().ExcludeFromDescription();
        contracts.MapGet("/", (HttpContext http) => Answer(http, "index.html"));
        contracts.MapGet("/{**path}", (string path, HttpContext http) => Answer(http, path));
    }

    private static IResult Answer(HttpContext http, string path)
    {
        if (!Pages.TryGetValue(path, out var page))
            return Problem.Of(StatusCodes.Status404NotFound, "There is no such page; /contracts lists what there is.");
        http.Response.Headers.CacheControl = "no-cache"; // kept, and asked about each time
        http.Response.Headers.AccessControlAllowOrigin = "*"; // nobody's data: tools in any page may read it
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        return TypedResults.Bytes(page.Content, page.Type, entityTag: page.Tag);
    }

    private static Page Read(string name)
    {
        using var stream = typeof(ContractPages).Assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new Page(content, TypeOf(name), new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}\""));
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".yaml" => "application/yaml; charset=utf-8",
        ".json" when name.Contains("/schemas/", StringComparison.Ordinal) => "application/schema+json; charset=utf-8",
        ".json" => "application/json; charset=utf-8",
        _ => "text/plain; charset=utf-8",
    };

    private sealed record Page(byte[] Content, string Type, EntityTagHeaderValue Tag);
}
