using System.Data;
using MassTransit.Configuration;
using MassTransit.EntityFrameworkCoreIntegration;
using MassTransit.Saga;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Todo.Bus.Hosting;
using Todo.Bus.Sagas;
using Todo.Bus.Storage;

namespace MassTransit;

/// <summary>Keeps sagas in Postgres, mapped by EF Core.</summary>
public static class EntityFrameworkSagaRepositoryExtensions
{
    /// <summary>Keeps this saga in the table its EF mapping names. Rows are locked, loaded and written in batches, READ COMMITTED with FOR UPDATE.</summary>
    /// <remarks>A saga that a row of plain columns cannot hold (owned types, navigations, arrays, CustomizeQuery) is loaded and saved by EF instead, in the same transaction.</remarks>
    public static ISagaRegistrationConfigurator<TSaga> EntityFrameworkRepository<TSaga>(
        this ISagaRegistrationConfigurator<TSaga> configurator, Action<IEntityFrameworkSagaRepositoryConfigurator<TSaga>> configure)
        where TSaga : class, ISaga =>
        configurator.Repository(services =>
        {
            var repository = new Configurator<TSaga>(services);
            configure(repository);
            var context = repository.Context
                ?? throw new ConfigurationException($"{typeof(TSaga).Name}: name the DbContext that maps it, with ExistingDbContext, AddDbContext or DatabaseFactory.");
            services.AddSingleton(new SagaStorage(typeof(TSaga), context, repository.Optimistic, repository.Customize));
            services.TryAddSingleton<SagaTables>();
            if (repository.Options is { } options)
                services.TryAddSingleton(provider => provider.SourceOf(options));
            services.AddBusStorage();
            services.RegisterSagaRepository<TSaga, SagaRows<TSaga>, SagaConsumeContextFactory<SagaRows<TSaga>, TSaga>, BatchSagaRepositoryContextFactory<TSaga>>();
            services.RegisterLoadSagaRepository<TSaga, SagaReader<TSaga>>();
            services.RegisterQuerySagaRepository<TSaga, SagaReader<TSaga>>();
        });

    /// <summary>Keeps every saga registered from here on the same way.</summary>
    public static void SetEntityFrameworkSagaRepositoryProvider(this IRegistrationConfigurator configurator, Action<IEntityFrameworkSagaRepositoryConfigurator> configure) =>
        configurator.SetSagaRepositoryProvider(new Provider(configure));

    /// <summary>Postgres is what the bus speaks.</summary>
    public static IEntityFrameworkSagaRepositoryConfigurator<TSaga> UsePostgres<TSaga>(this IEntityFrameworkSagaRepositoryConfigurator<TSaga> configurator)
        where TSaga : class, ISaga => configurator;

    /// <summary>Postgres is what the bus speaks; the schema is that of the mapping.</summary>
    public static IEntityFrameworkSagaRepositoryConfigurator<TSaga> UsePostgres<TSaga>(this IEntityFrameworkSagaRepositoryConfigurator<TSaga> configurator, string schemaName)
        where TSaga : class, ISaga => configurator.UsePostgres();

    /// <summary>Postgres is what the bus speaks.</summary>
    public static IEntityFrameworkSagaRepositoryConfigurator UsePostgres(this IEntityFrameworkSagaRepositoryConfigurator configurator) => configurator;

    /// <summary>Postgres is what the bus speaks; the schema is that of the mapping.</summary>
    public static IEntityFrameworkSagaRepositoryConfigurator UsePostgres(this IEntityFrameworkSagaRepositoryConfigurator configurator, string schemaName) => configurator.UsePostgres();

    private sealed class Provider(Action<IEntityFrameworkSagaRepositoryConfigurator> configure) : ISagaRepositoryRegistrationProvider
    {
        void ISagaRepositoryRegistrationProvider.Configure<TSaga>(ISagaRegistrationConfigurator<TSaga> configurator) =>
            configurator.EntityFrameworkRepository(repository => configure(repository));
    }

    private sealed class Configurator<TSaga>(IServiceCollection services) : IEntityFrameworkSagaRepositoryConfigurator<TSaga>
        where TSaga : class, ISaga
    {
        public Func<IServiceProvider, DbContext>? Context { get; private set; }

        /// <summary>Where nobody has said which database the process uses, it is the sagas'.</summary>
        public Func<IServiceProvider, DbContextOptions>? Options { get; private set; }

        public bool Optimistic { get; private set; }

        public Func<IQueryable<TSaga>, IQueryable<TSaga>>? Customize { get; private set; }

        public ConcurrencyMode ConcurrencyMode { set => Optimistic = value == ConcurrencyMode.Optimistic; }

        public IsolationLevel IsolationLevel { set { } }

        public ILockStatementProvider LockStatementProvider { set { } }

        public void SetOptimisticConcurrency(bool useTransaction = true) => Optimistic = true;

        public void AddDbContext<TContext, TImplementation>(Action<IServiceProvider, DbContextOptionsBuilder<TImplementation>>? optionsAction = null)
            where TContext : DbContext
            where TImplementation : DbContext, TContext
        {
            services.AddDbContext<TContext, TImplementation>((provider, options) => optionsAction?.Invoke(provider, (DbContextOptionsBuilder<TImplementation>)options));
            ExistingDbContext<TContext>();
            Options = provider => provider.GetRequiredService<DbContextOptions<TImplementation>>();
        }

        public void ExistingDbContext<TContext>()
            where TContext : DbContext
        {
            Context = provider => provider.GetRequiredService<TContext>();
            Options = provider => provider.GetRequiredService<DbContextOptions<TContext>>();
        }

        public void DatabaseFactory(Func<DbContext> databaseFactory) => Context = _ => databaseFactory();

        public void DatabaseFactory(Func<IServiceProvider, Func<DbContext>> databaseFactory) => Context = provider => databaseFactory(provider)();

        public void CustomizeQuery(Func<IQueryable<TSaga>, IQueryable<TSaga>> queryCustomization) => Customize = queryCustomization;
    }
}
