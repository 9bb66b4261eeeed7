using MassTransit;
using Npgsql;
using Todo.Bus.Batching;

namespace Todo.Bus.Sagas;

internal sealed class SagaLoader<TSaga> : ISagaLoader
    where TSaga : class, ISaga, SagaStateMachineInstance
{
    private readonly SagaTable<TSaga> _table;
    private readonly Dictionary<Type, Func<ConsumeContext, ValueTask<Guid?>>> _probes = [];

    public SagaLoader(SagaTable<TSaga> table, SagaStateMachine<TSaga> machine)
    {
        _table = table;
        foreach (var correlation in machine.Correlations)
        {
            var add = (IProbe)Activator.CreateInstance(typeof(Probe<>).MakeGenericType(typeof(TSaga), correlation.DataType), correlation)!;
            _probes.TryAdd(correlation.DataType, add.FindAsync);
        }
    }

    public ValueTask<Guid?> FindIdAsync(ConsumeContext context, Type messageType) =>
        _probes.TryGetValue(messageType, out var probe) ? probe(context) : default;

    public NpgsqlBatchCommand Lock(Guid[] sortedIds) => _table.LockCommand(sortedIds);

    public Task TakeAsync(Batch batch, Guid[] sortedIds, NpgsqlDataReader reader, CancellationToken ct) =>
        batch.Rows(_table).TakeAsync(sortedIds, reader, ct);

    private interface IProbe
    {
        ValueTask<Guid?> FindAsync(ConsumeContext context);
    }

    private sealed class Probe<TData>(EventCorrelation correlation) : IProbe
        where TData : class
    {
        private readonly IFilter<ConsumeContext<TData>>? _filter = ((EventCorrelation<TSaga, TData>)correlation).MessageFilter;

        public async ValueTask<Guid?> FindAsync(ConsumeContext context)
        {
            if (_filter is null || !context.TryGetMessage(out ConsumeContext<TData>? typed))
                return null;
            var capture = new Capture<TData>();
            try
            {
                await _filter.Send(typed, capture);
            }
            catch (Exception notCorrelated) when (notCorrelated is not OutOfMemoryException)
            {
                return null; // the state machine will meet the same exception and say so where it counts
            }

            return capture.Id;
        }
    }

    private sealed class Capture<TData> : IPipe<ConsumeContext<TData>>
        where TData : class
    {
        public Guid? Id { get; private set; }

        public Task Send(ConsumeContext<TData> context)
        {
            Id = context.CorrelationId;
            return Task.CompletedTask;
        }

        public void Probe(ProbeContext context)
        {
        }
    }
}
