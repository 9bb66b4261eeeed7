using System.Net;
using Dapr.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Todo.Bus.Hosting;

/// <summary>What every process has: secrets from Dapr, health, traces, metrics.</summary>
public static class ServiceBasicsExtensions
{
    /// <summary>The secret store every process reads.</summary>
    public const string SecretStore = "todo-secrets";

    private const string ManagementPort = "Management:Port";

    // Libraries speak up when something is wrong; any other source of settings may ask them for more.
    private static readonly Dictionary<string, string?> Quiet = new()
    {
        ["Logging:LogLevel:Npgsql"] = "Warning",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Warning",
        ["Logging:LogLevel:Hangfire"] = "Warning",
        ["Logging:LogLevel:MassTransit"] = "Warning",
    };

    /// <summary>Adds the basics. Waits for the Dapr sidecar where one is configured (DAPR_GRPC_ENDPOINT or DAPR_GRPC_PORT).</summary>
    public static void AddServiceBasics(this WebApplicationBuilder builder)
    {
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Quiet });
        ListenForManagement(builder);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(_ => new DaprClientBuilder().Build());
        if (builder.Configuration["DAPR_GRPC_ENDPOINT"] is not null || builder.Configuration["DAPR_GRPC_PORT"] is not null)
            builder.Configuration.AddInMemoryCollection(ReadSecretsAsync().GetAwaiter().GetResult());

        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), ["live"]);
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(builder.Environment.ApplicationName))
            .WithTracing(tracing =>
            {
                tracing.AddAspNetCoreInstrumentation().AddSource("MassTransit").AddSource("Todo.Bus");
                if (Exports(builder.Configuration))
                    tracing.AddNpgsql().AddOtlpExporter(); // a span for every statement costs more than some statements; nobody would see it
            })
            .WithMetrics(metrics =>
            {
                metrics.AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddMeter("MassTransit", "Todo.Bus").AddPrometheusExporter();
                if (Exports(builder.Configuration))
                    metrics.AddOtlpExporter();
            });
    }

    /// <summary>Maps /health/live, /health/ready and /metrics, for the machine itself or for whoever reaches Management:Port; to all others they are not there.</summary>
    public static void MapServiceBasics(this WebApplication app)
    {
        var port = app.Configuration.GetValue<int?>(ManagementPort);
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = check => check.Tags.Contains("live") }).OnlyInside(port);
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") }).OnlyInside(port);
        app.MapPrometheusScrapingEndpoint("/metrics").OnlyInside(port);
    }

    private static void OnlyInside(this IEndpointConventionBuilder endpoint, int? port) => endpoint.Add(built =>
    {
        var answer = built.RequestDelegate!;
        built.RequestDelegate = http =>
        {
            if (IsInside(http.Connection, port))
                return answer(http);
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        };
    });

    /// <summary>A connection without an address came over a socket of this machine.</summary>
    private static bool IsInside(ConnectionInfo connection, int? port) =>
        port is not null ? connection.LocalPort == port : connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address);

    /// <summary>Listens on Management:Port as well, where it is set.</summary>
    private static void ListenForManagement(WebApplicationBuilder builder)
    {
        if (builder.Configuration.GetValue<int?>(ManagementPort) is not { } port)
            return;
        var ports = (builder.Configuration["http_ports"] ?? "8080").Split(';', StringSplitOptions.RemoveEmptyEntries);
        var own = builder.Configuration["urls"] ?? string.Join(';', ports.Select(one => $"http://*:{one}"));
        builder.WebHost.UseUrls($"{own};http://*:{port}");
    }

    private static bool Exports(ConfigurationManager configuration) => configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 };

    /// <summary>Every secret becomes a setting of the same name; <c>--</c> and <c>__</c> stand for the colon, which some stores refuse.</summary>
    private static async Task<Dictionary<string, string?>> ReadSecretsAsync()
    {
        using var dapr = new DaprClientBuilder().Build();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await dapr.WaitForSidecarAsync(patience.Token);
        var secrets = await dapr.GetBulkSecretAsync(SecretStore, cancellationToken: patience.Token);
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in secrets.SelectMany(secret => secret.Value))
            settings[name.Replace("--", ":", StringComparison.Ordinal).Replace("__", ":", StringComparison.Ordinal)] = value;
        return settings;
    }
}
