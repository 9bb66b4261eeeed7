using MassTransit;
using MassTransit.Middleware;
using MassTransit.Saga;
using Microsoft.EntityFrameworkCore;

namespace Todo.Bus.Sagas;

/// <summary>Reads sagas for people and tests: nothing is locked, nothing is tracked.</summary>
internal sealed class SagaReader<TSaga>(SagaTables tables) : ILoadSagaRepositoryContextFactory<TSaga>, IQuerySagaRepositoryContextFactory<TSaga>
    where TSaga : class, ISaga
{
    public void Probe(ProbeContext context) => context.CreateScope("sagaReader").Add("persistence", "postgres");

    public Task<T> Execute<T>(Func<LoadSagaRepositoryContext<TSaga>, Task<T>> asyncMethod, CancellationToken cancellationToken = default)
        where T : class => ReadAsync(sagas => asyncMethod(sagas), cancellationToken);

    public Task<T> Execute<T>(Func<QuerySagaRepositoryContext<TSaga>, Task<T>> asyncMethod, CancellationToken cancellationToken = default)
        where T : class => ReadAsync(sagas => asyncMethod(sagas), cancellationToken);

    private async Task<T> ReadAsync<T>(Func<Sagas, Task<T>> read, CancellationToken ct)
    {
        await using var context = tables.Open<TSaga>(null);
        return await read(new Sagas(context.Db, tables.StorageOf<TSaga>().Query<TSaga>(context.Db).AsNoTracking(), ct));
    }

    private sealed class Sagas(DbContext db, IQueryable<TSaga> sagas, CancellationToken ct) : BasePipeContext(ct), LoadSagaRepositoryContext<TSaga>, QuerySagaRepositoryContext<TSaga>
    {
        public Task<TSaga> Load(Guid correlationId) => sagas.SingleOrDefaultAsync(saga => saga.CorrelationId == correlationId, CancellationToken)!;

        public async Task<SagaRepositoryQueryContext<TSaga>> Query(ISagaQuery<TSaga> query, CancellationToken cancellationToken)
        {
            var ids = await db.Set<TSaga>().Where(query.FilterExpression).Select(saga => saga.CorrelationId).ToListAsync(cancellationToken);
            return new DefaultSagaRepositoryQueryContext<TSaga>(this, ids);
        }
    }
}
