using MassTransit;
using MassTransit.DependencyInjection;
using MassTransit.Middleware;
using MassTransit.Middleware.Outbox;
using MassTransit.Transports;
using Microsoft.Extensions.DependencyInjection;

namespace Todo.Bus.Outbox;

/// <summary>Takes what is published and sent on the bus into the transaction at hand, in place of sending it.</summary>
internal sealed class BusCapture(IServiceProvider services, string application, Action<BusMessage> keep) : OutboxSendContext
{
    public object? GetService(Type serviceType) => services.GetService(serviceType);

    public Task AddSend<T>(SendContext<T> context)
        where T : class
    {
        keep(BusMessage.From(application, context));
        return Task.CompletedTask;
    }
}

/// <summary>IPublishEndpoint and ISendEndpointProvider of a scope. Outside of messages what they send waits for the scope's DbContext to save.</summary>
internal sealed class CapturingBusContextProvider : IScopedBusContextProvider<IBus>
{
    public CapturingBusContextProvider(IServiceProvider scope, IBus bus, IScopedConsumeContextProvider consumed)
    {
        var plain = ActivatorUtilities.CreateInstance<ScopedBusContextProvider<IBus>>(scope).Context;
        // Inside a message they are those of the ConsumeContext, which knows its transaction.
        Context = consumed.HasContext
            ? plain
            : new Captured(bus, new BusCapture(scope, scope.GetRequiredService<ApplicationName>().Value, scope.GetRequiredService<IOutboxCapture>().Add), plain.ClientFactory);
    }

    public ScopedBusContext Context { get; }

    private sealed class Captured(IBus bus, OutboxSendContext capture, IScopedClientFactory clients) : ScopedBusContext
    {
        public ISendEndpointProvider SendEndpointProvider => field ??= new OutboxSendEndpointProvider(capture, bus);

        public IPublishEndpoint PublishEndpoint => field ??= new PublishEndpoint(new OutboxPublishEndpointProvider(capture, bus));

        /// <summary>A request waits for its answer, so it cannot wait for the commit.</summary>
        public IScopedClientFactory ClientFactory => clients;
    }
}

/// <summary>The application whose bus carries the messages: processes of the same name hand over each other's.</summary>
internal sealed record ApplicationName(string Value);
