using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Todo.Bus.Batching;

namespace Todo.Bus.Sagas;

/// <summary>The tables of all sagas of this process, each made once from the EF model on first use, and the contexts that map them.</summary>
internal sealed class SagaTables(IServiceScopeFactory scopes, IEnumerable<SagaStorage> storages)
{
    private readonly ConcurrentDictionary<Type, object?> _tables = new();

    /// <summary>The table; null when a row of plain columns cannot hold the saga, so that EF has to load and save it.</summary>
    public SagaTable<TSaga>? Of<TSaga>()
        where TSaga : class => (SagaTable<TSaga>?)_tables.GetOrAdd(typeof(TSaga), _ => Make<TSaga>());

    public SagaStorage StorageOf<TSaga>() => storages.LastOrDefault(found => found.Saga == typeof(TSaga))
        ?? throw new MassTransit.ConfigurationException($"{typeof(TSaga).Name} has no storage: call EntityFrameworkRepository on its registration.");

    /// <summary>A context of its own; in a batch's transaction when there is one.</summary>
    public SagaContext Open<TSaga>(Batch? batch)
    {
        var scope = scopes.CreateAsyncScope();
        var db = StorageOf<TSaga>().Context(scope.ServiceProvider);
        if (batch is not null)
        {
            db = NotFromThePool(scope.ServiceProvider, db);
            db.Database.SetDbConnection(batch.Connection, contextOwnsConnection: false);
            db.Database.AutoSavepointsEnabled = false; // the batch rolls back as a whole and runs again without the culprit
            db.Database.UseTransaction(batch.Transaction);
        }

        return new SagaContext(scope, db);
    }

    /// <summary>A context of the pool would take the batch's connection back there with it, and the next who gets it would find it closed.</summary>
    private static DbContext NotFromThePool(IServiceProvider services, DbContext db)
    {
        var options = db.GetService<IDbContextOptions>();
        if (options.FindExtension<CoreOptionsExtension>()?.MaxPoolSize is null)
            return db;
        return (DbContext)ActivatorUtilities.CreateInstance(services, db.GetType(), options);
    }

    private SagaTable<TSaga>? Make<TSaga>()
        where TSaga : class
    {
        var storage = StorageOf<TSaga>();
        if (storage.Customize is not null)
            return null;
        using var scope = scopes.CreateScope();
        using var db = storage.Context(scope.ServiceProvider);
        return SagaTable<TSaga>.From(db, storage.Optimistic);
    }
}

/// <summary>Where and how a saga is kept.</summary>
internal sealed record SagaStorage(Type Saga, Func<IServiceProvider, DbContext> Context, bool Optimistic, object? Customize)
{
    /// <summary>The sagas, with what is to be loaded beside them.</summary>
    public IQueryable<TSaga> Query<TSaga>(DbContext db)
        where TSaga : class =>
        Customize is Func<IQueryable<TSaga>, IQueryable<TSaga>> customize ? customize(db.Set<TSaga>()) : db.Set<TSaga>();
}

/// <summary>An open context with the scope it came from.</summary>
internal sealed class SagaContext(AsyncServiceScope scope, DbContext db) : IAsyncDisposable
{
    public DbContext Db => db;

    public async ValueTask DisposeAsync()
    {
        await db.DisposeAsync();
        await scope.DisposeAsync();
    }
}
