using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Todo.Api.Edge;

/// <summary>Tells browsers what this site never does, so that they stop whoever makes it.</summary>
internal static partial class SecurityHeaders
{
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app, IWebHostEnvironment environment)
    {
        var page = new Lazy<string>(() => PolicyFor(InlineScripts(environment)));
        return app.Use((http, next) =>
        {
            var headers = http.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";
            headers.ContentSecurityPolicy = http.Request.Path.StartsWithSegments("/scalar") ? Reference : page.Value;
            if (http.Request.Path.StartsWithSegments("/api"))
                headers.CacheControl = "no-store";
            if (http.Request.IsHttps)
                headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
            return next(http);
        });
    }

    /// <summary>
    /// Blazor compiles WebAssembly, and its list virtualisation sizes spacers by style attributes; nothing else is let loose.
    /// The import map that publishing writes into the page differs with every build, so its hash is taken from the page itself.
    /// </summary>
    private static string PolicyFor(IEnumerable<string> scripts)
    {
        var hashes = string.Concat(scripts.Select(script => $" 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'"));
        return $"default-src 'self'; base-uri 'self'; object-src 'none'; script-src 'self' 'wasm-unsafe-eval'{hashes}; " +
            "style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'";
    }

    /// <summary>Scalar's page styles itself inline; it holds nobody's data.</summary>
    private const string Reference =
        "default-src 'self'; base-uri 'self'; object-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; " +
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'";

    private static List<string> InlineScripts(IWebHostEnvironment environment)
    {
        var index = environment.WebRootFileProvider.GetFileInfo("index.html");
        if (!index.Exists)
            return [];
        using var reader = new StreamReader(index.CreateReadStream());
        return [.. InlineScript().Matches(reader.ReadToEnd()).Select(match => match.Groups[1].Value)];
    }

    [GeneratedRegex("""<script(?![^>]*\ssrc=)[^>]*>(.+?)</script>""", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex InlineScript();
}
