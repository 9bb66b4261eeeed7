using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Todo.Bus.Hosting;
using Todo.Bus.Outbox;
using Todo.Bus.Storage;

namespace MassTransit;

/// <summary>The outbox, inbox, timers and dead letters of this bus under the names of MassTransit.EntityFrameworkCore.</summary>
public static class EntityFrameworkOutboxExtensions
{
    /// <summary>Lets messages produced in a scope wait for its <typeparamref name="TDbContext"/> to save, and consumers share the transaction of their batch.</summary>
    /// <remarks>The tables are the bus's own, in schema <c>bus</c>, made at start: no migration needs to know them. One such context a process.</remarks>
    public static void AddEntityFrameworkOutbox<TDbContext>(this IBusRegistrationConfigurator configurator, Action<IEntityFrameworkOutboxConfigurator>? configure = null)
        where TDbContext : DbContext
    {
        IServiceCollection services = configurator;
        services.TryAddSingleton(provider => provider.SourceOf(scope => scope.GetRequiredService<DbContextOptions<TDbContext>>()));
        services.AddBusStorage();
        services.JoinBatches<TDbContext>();
        services.AddScoped<IOutboxCapture, DbContextOutbox<TDbContext>>();
        services.AddBusOutbox();
        configure?.Invoke(new EntityFrameworkOutboxConfigurator(services));
    }

    /// <summary>Does nothing: a topic endpoint has an inbox and an outbox unless <c>Transactional</c> is turned off.</summary>
    public static void UseEntityFrameworkOutbox<TDbContext>(this IReceiveEndpointConfigurator configurator, IRegistrationContext context, Action<IOutboxOptionsConfigurator>? configure = null)
        where TDbContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(configurator);
        ArgumentNullException.ThrowIfNull(context);
        configure?.Invoke(new IgnoredOutboxOptions());
    }

    /// <summary>Does nothing: the tables belong to the bus.</summary>
    public static void AddTransactionalOutboxEntities(this ModelBuilder modelBuilder) => ArgumentNullException.ThrowIfNull(modelBuilder);

    /// <summary>Does nothing: the tables belong to the bus.</summary>
    public static void AddInboxStateEntity(this ModelBuilder modelBuilder) => ArgumentNullException.ThrowIfNull(modelBuilder);

    /// <summary>Does nothing: the tables belong to the bus.</summary>
    public static void AddOutboxStateEntity(this ModelBuilder modelBuilder) => ArgumentNullException.ThrowIfNull(modelBuilder);

    /// <summary>Does nothing: the tables belong to the bus.</summary>
    public static void AddOutboxMessageEntity(this ModelBuilder modelBuilder) => ArgumentNullException.ThrowIfNull(modelBuilder);

    /// <summary>Postgres is what the bus speaks.</summary>
    public static IEntityFrameworkOutboxConfigurator UsePostgres(this IEntityFrameworkOutboxConfigurator configurator) => configurator;

    /// <summary>Postgres is what the bus speaks.</summary>
    public static IEntityFrameworkOutboxConfigurator UsePostgres(this IEntityFrameworkOutboxConfigurator configurator, bool enableSchemaCaching) =>
        configurator.UsePostgres();

    private sealed class EntityFrameworkOutboxConfigurator(IServiceCollection services) : IEntityFrameworkOutboxConfigurator, IEntityFrameworkBusOutboxConfigurator
    {
        public TimeSpan DuplicateDetectionWindow { set { } }

        public System.Data.IsolationLevel IsolationLevel { set { } }

        public TimeSpan QueryDelay { set { } }

        public int QueryMessageLimit { set { } }

        public TimeSpan QueryTimeout { set { } }

        public int MessageDeliveryLimit { set { } }

        public TimeSpan MessageDeliveryTimeout { set { } }

        public void DisableInboxCleanupService() => Remove<Retention>();

        public void DisableDeliveryService()
        {
            Remove<OutboxRelay>();
            Remove<BusDelivery>();
        }

        public void UseBusOutbox(Action<IEntityFrameworkBusOutboxConfigurator>? configure = null) => configure?.Invoke(this);

        private void Remove<TService>()
        {
            foreach (var service in services.Where(found => found.ImplementationType == typeof(TService)).ToList())
                services.Remove(service);
        }
    }

    private sealed class IgnoredOutboxOptions : IOutboxOptionsConfigurator
    {
        public int MessageDeliveryLimit { set { } }

        public TimeSpan MessageDeliveryTimeout { set { } }
    }
}
