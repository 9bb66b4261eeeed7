using System.Diagnostics;
using Microsoft.AspNetCore.HttpOverrides;
using Scalar.AspNetCore;
using Todo.Contracts;

namespace Todo.Api.Edge;

/// <summary>What every request passes before it reaches a slice.</summary>
internal static class EdgeSetup
{
    private const int LargestBody = 1 << 20;

    public static WebApplicationBuilder AddEdge(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            var ours = ContractsJson.Default.Options;
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ContractsJson.Default);
            json.SerializerOptions.DefaultIgnoreCondition = ours.DefaultIgnoreCondition;
            json.SerializerOptions.NumberHandling = ours.NumberHandling;
            json.SerializerOptions.RespectNullableAnnotations = ours.RespectNullableAnnotations;
        });
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddProblemDetails(problems => problems.CustomizeProblemDetails = context =>
        {
            context.ProblemDetails.Detail ??= Problem.InGeneral(context.ProblemDetails.Status);
            context.ProblemDetails.Extensions["traceId"] = Activity.Current?.TraceId.ToString() ?? context.HttpContext.TraceIdentifier;
        });
        builder.Services.AddExceptionHandler<ProblemsAtTheEdge>();
        builder.Services.AddRateLimits(builder.Configuration);
        builder.Services.AddOpenApi("v1", ApiDescription.Configure);
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded => Trust(forwarded, builder.Configuration));
        return builder;
    }

    public static void UseEdge(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseExceptionHandler(new ExceptionHandlerOptions { SuppressDiagnosticsCallback = context => ProblemsAtTheEdge.IsTheClients(context.Exception) });
        app.UseStatusCodePages();
        app.UseSecurityHeaders(app.Environment);
        app.UseSameOrigin();
        app.UseRouting();
        app.UseMiddleware<TokenGuesses>();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseMiddleware<Idempotency>();
    }

    public static void MapReference(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapScalarApiReference("/scalar", scalar => scalar.WithTitle("TodoBus API").DisableTelemetry().DisableDefaultFonts()).AllowAnonymous();
    }

    /// <summary>The addresses of the proxies before us, as configuration names them; nobody else is believed.</summary>
    private static void Trust(ForwardedHeadersOptions forwarded, ConfigurationManager configuration)
    {
        forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        foreach (var network in configuration["Proxies:Networks"]?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
            forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
        forwarded.ForwardLimit = null; // as many of them as stand in a row: the first we do not know is who asks
    }
}
