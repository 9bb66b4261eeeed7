using MassTransit.Configuration;
using MassTransit.Saga;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Todo.Bus.Sagas;

namespace MassTransit;

/// <summary>Keeps sagas in Postgres, mapped by EF Core.</summary>
public static class EntityFrameworkSagaRepositoryExtensions
{
    /// <summary>Keeps this saga in the table its EF mapping names. Rows are locked, loaded and written in batches, READ COMMITTED with FOR UPDATE.</summary>
    public static ISagaRegistrationConfigurator<TSaga> EntityFrameworkRepository<TSaga>(
        this ISagaRegistrationConfigurator<TSaga> configurator, Action<IEntityFrameworkSagaRepositoryConfigurator<TSaga>> configure)
        where TSaga : class, ISaga
    {
        var repository = new EntityFrameworkSagaRepositoryConfigurator<TSaga>();
        configure(repository);
        var context = repository.Context
            ?? throw new ConfigurationException($"{typeof(TSaga).Name}: name the DbContext that maps it, with ExistingDbContext.");
        return configurator.Repository(services =>
        {
            services.AddSingleton(new SagaStorage(typeof(TSaga), context));
            services.TryAddSingleton<SagaTables>();
            services.RegisterSagaRepository<TSaga, SagaRows<TSaga>, SagaConsumeContextFactory<SagaRows<TSaga>, TSaga>, BatchSagaRepositoryContextFactory<TSaga>>();
        });
    }

    private sealed class EntityFrameworkSagaRepositoryConfigurator<TSaga> : IEntityFrameworkSagaRepositoryConfigurator<TSaga>
        where TSaga : class, ISaga
    {
        public Type? Context { get; private set; }

        public void ExistingDbContext<TContext>()
            where TContext : DbContext => Context = typeof(TContext);
    }
}

/// <summary>Where a saga is kept.</summary>
public interface IEntityFrameworkSagaRepositoryConfigurator<TSaga>
    where TSaga : class, ISaga
{
    /// <summary>The registered DbContext that maps the saga.</summary>
    void ExistingDbContext<TContext>()
        where TContext : DbContext;
}
