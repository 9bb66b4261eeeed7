using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Todo.Api.Edge;

/// <summary>
/// Serves the Blazor client from wherever it was built or published: Client:Root names the folder that holds its list of
/// static assets. That list brings pre-compressed variants, ETags and, for names with a fingerprint, caching for ever.
/// </summary>
internal static class ClientFiles
{
    private const string Assets = "Todo.Web.staticwebassets.endpoints.json";

    /// <summary>Written by a plain build beside the list; says where the files lie that publishing would have gathered.</summary>
    private const string BuiltFrom = "Todo.Web.staticwebassets.runtime.json";

    public static WebApplicationBuilder AddClientFiles(this WebApplicationBuilder builder)
    {
        if (Root(builder.Configuration) is not { } root)
            return builder;
        var built = Path.Combine(root, BuiltFrom);
        if (File.Exists(built))
        {
            builder.Configuration[WebHostDefaults.StaticWebAssetsKey] = built;
            StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
        }
        else
        {
            builder.Environment.WebRootPath = Path.Combine(root, "wwwroot");
            builder.Environment.WebRootFileProvider = new PhysicalFileProvider(builder.Environment.WebRootPath);
        }

        return builder;
    }

    public static void MapClient(this WebApplication app)
    {
        if (Root(app.Configuration) is not { } root)
            return;
        var assets = app.MapStaticAssets(Path.Combine(root, Assets));
        assets.AllowAnonymous();
        app.MapFallback("/api/{**rest}", () => TypedResults.NotFound());
        app.MapFallbackToFile("index.html", new StaticFileOptions { OnPrepareResponse = AskEachTime }).AllowAnonymous();
    }

    // Every address of the client is this page. Without a word browsers would keep it for as long as they see fit, and start an old client.
    private static void AskEachTime(StaticFileResponseContext page) => page.Context.Response.Headers.CacheControl = "no-cache";

    private static string? Root(IConfiguration configuration)
    {
        var root = Path.GetFullPath(configuration["Client:Root"] ?? Path.Combine(AppContext.BaseDirectory, "client"));
        return File.Exists(Path.Combine(root, Assets)) ? root : null;
    }
}
