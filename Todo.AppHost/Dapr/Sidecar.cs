using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Todo.AppHost.Dapr;

/// <summary>A sidecar for machines without daprd: secrets and state over Dapr's own gRPC API, from the same component files.</summary>
/// <remarks>Two ports, because HTTP/2 without TLS cannot share one with HTTP/1: gRPC, and health and metadata over HTTP.</remarks>
internal sealed class Sidecar : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly Components _components;

    private Sidecar(WebApplication web, Components components, string grpc, string http)
    {
        _web = web;
        _components = components;
        GrpcEndpoint = grpc;
        HttpEndpoint = http;
    }

    public string GrpcEndpoint { get; }

    public string HttpEndpoint { get; }

    public static async Task<Sidecar> StartAsync(Components components, ApiTokens tokens, CancellationToken ct = default)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(components);
        builder.Services.AddSingleton(tokens);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });

        var web = builder.Build();
        web.MapGrpcService<SidecarService>();
        web.MapGet("/v1.0/healthz", () => Results.NoContent());
        web.MapGet("/v1.0/healthz/outbound", () => Results.NoContent());
        web.MapGet("/v1.0/metadata", (HttpRequest request) => Metadata(components, tokens.AppOf(request.Headers["dapr-api-token"])));
        await web.StartAsync(ct);

        var addresses = web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToArray();
        return new Sidecar(web, components, addresses[0], addresses[1]);
    }

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        await _components.DisposeAsync();
    }

    private static IResult Metadata(Components components, string? app) =>
        app is null
            ? Results.Unauthorized()
            : Results.Json(new
            {
                id = app,
                runtimeVersion = SidecarDescription.Version,
                components = components.Files.Select(file => new
                {
                    name = file.Name,
                    type = file.Type,
                    version = file.Version,
                    capabilities = SidecarDescription.CapabilitiesOf(file.Type),
                }),
            });
}
