using System.Data;
using MassTransit.EntityFrameworkCoreIntegration;
using Microsoft.EntityFrameworkCore;

namespace MassTransit;

/// <summary>Where sagas are kept, and how two who want the same one are kept apart.</summary>
public interface IEntityFrameworkSagaRepositoryConfigurator
{
    /// <summary>Pessimistic (the default) locks the row while it is handled; Optimistic finds out at the write, by <c>xmin</c>, and handles the message again.</summary>
    ConcurrencyMode ConcurrencyMode { set; }

    /// <summary>Ignored: READ COMMITTED with row locks, in both modes.</summary>
    IsolationLevel IsolationLevel { set; }

    /// <summary>Ignored: the statements are Postgres's and our own.</summary>
    ILockStatementProvider LockStatementProvider { set; }

    /// <summary>Optimistic. Both forms use the batch's transaction.</summary>
    void SetOptimisticConcurrency(bool useTransaction = true);

    /// <summary>Registers the context that maps the saga.</summary>
    void AddDbContext<TContext, TImplementation>(Action<IServiceProvider, DbContextOptionsBuilder<TImplementation>>? optionsAction = null)
        where TContext : DbContext
        where TImplementation : DbContext, TContext;

    /// <summary>The registered DbContext that maps the saga.</summary>
    void ExistingDbContext<TContext>()
        where TContext : DbContext;

    /// <summary>Makes the context that maps the saga. It is disposed after use.</summary>
    void DatabaseFactory(Func<DbContext> databaseFactory);

    /// <summary>Makes the context that maps the saga. It is disposed after use.</summary>
    void DatabaseFactory(Func<IServiceProvider, Func<DbContext>> databaseFactory);
}

/// <summary>Where sagas of one type are kept.</summary>
public interface IEntityFrameworkSagaRepositoryConfigurator<TSaga> : IEntityFrameworkSagaRepositoryConfigurator
    where TSaga : class, ISaga
{
    /// <summary>Adds to how a saga is loaded, such as <c>Include</c>. Its rows are then loaded and saved by EF, one message at a time.</summary>
    void CustomizeQuery(Func<IQueryable<TSaga>, IQueryable<TSaga>> queryCustomization);
}
