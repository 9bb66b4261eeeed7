using Todo.Api.Identity;
using Todo.Contracts;

namespace Todo.Api.Live;

internal static class LiveEndpoints
{
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddSignalR(hub =>
            {
                hub.MaximumReceiveMessageSize = 4096; // browsers listen here; they speak over REST
                hub.StatefulReconnectBufferSize = 100_000;
            })
            .AddJsonProtocol(json => json.PayloadSerializerOptions = new(ContractsJson.Default.Options));
        return services.AddSingleton<JustSaid>().AddSingleton<BeginsToHear>().AddSingleton<Listeners>().AddHostedService(provider => provider.GetRequiredService<Listeners>());
    }

    public static RouteGroupBuilder MapLive(this RouteGroupBuilder api)
    {
        api.MapGet("/changes", ChangesSince.Handle).WithTags("Live").WithSummary("The changes after a sequence number, for clients that were away.")
            .WithDescription("The latest of each task, in order; `task` is null for one that is gone for good. Go on with `sequence` while `more` is true. `fullSync` says that the feed no longer reaches back so far: load the lists anew and go on from `sequence`.");
        return api;
    }

    public static void MapTaskHub(this IEndpointRouteBuilder app) =>
        app.MapHub<TaskHub>(TaskHub.Path, options => options.AllowStatefulReconnects = true)
            .WithMetadata(new NeedsScope("tasks:read"));
}
