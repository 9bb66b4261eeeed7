using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Todo.Bus.Sagas;

/// <summary>The tables of all sagas of this process, each made once from the EF model on first use.</summary>
internal sealed class SagaTables(IServiceScopeFactory scopes, IEnumerable<SagaStorage> storages)
{
    private readonly ConcurrentDictionary<Type, object> _tables = new();

    public SagaTable<TSaga> Of<TSaga>()
        where TSaga : class => (SagaTable<TSaga>)_tables.GetOrAdd(typeof(TSaga), _ => Make<TSaga>());

    private SagaTable<TSaga> Make<TSaga>()
        where TSaga : class
    {
        var storage = storages.LastOrDefault(found => found.Saga == typeof(TSaga))
            ?? throw new MassTransit.ConfigurationException($"{typeof(TSaga).Name} has no storage: call EntityFrameworkRepository on its registration.");
        using var scope = scopes.CreateScope();
        return new SagaTable<TSaga>((DbContext)scope.ServiceProvider.GetRequiredService(storage.Context));
    }
}

/// <summary>Which context maps a saga.</summary>
internal sealed record SagaStorage(Type Saga, Type Context);
