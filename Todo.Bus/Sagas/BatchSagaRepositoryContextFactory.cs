using MassTransit;
using MassTransit.Saga;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Todo.Bus.Batching;
using Todo.Bus.Outbox;
using Todo.Bus.Scheduling;

namespace Todo.Bus.Sagas;

/// <summary>Gives a state machine its saga from the batch its message is handled in; a message from elsewhere gets a batch of its own.</summary>
internal sealed class BatchSagaRepositoryContextFactory<TSaga>(
    SagaTables tables,
    ISagaConsumeContextFactory<SagaRows<TSaga>, TSaga> contexts,
    IServiceProvider services)
    : ISagaRepositoryContextFactory<TSaga>
    where TSaga : class, ISaga
{
    public void Probe(ProbeContext context) => context.CreateScope("sagaRepository").Add("persistence", "postgres-batch");

    public async Task Send<T>(ConsumeContext<T> context, IPipe<SagaRepositoryContext<TSaga, T>> next)
        where T : class
    {
        if (context.TryGetPayload(out MessageUnit? unit))
        {
            await SendAsync(context, unit, next);
            return;
        }

        await using var batch = await Batch.BeginAsync(services.GetRequiredService<NpgsqlDataSource>(), context.CancellationToken);
        var own = new MessageUnit(batch, "bus", context.MessageId);
        context.AddOrUpdatePayload(() => own, _ => own);
        await SendAsync(context, own, next);
        await batch.CommitAsync([own], [], context.CancellationToken);
        own.Announce(services.GetRequiredService<OutboxSignal>(), services.GetRequiredService<TimerSignal>());
    }

    public Task SendQuery<T>(ConsumeContext<T> context, ISagaQuery<TSaga> query, IPipe<SagaRepositoryQueryContext<TSaga, T>> next)
        where T : class =>
        throw new NotSupportedException($"{typeof(TSaga).Name} is correlated by a query; correlate it by id (CorrelateById), so that its row can be locked in order.");

    private async Task SendAsync<T>(ConsumeContext<T> context, MessageUnit unit, IPipe<SagaRepositoryContext<TSaga, T>> next)
        where T : class
    {
        var mark = unit.Mark();
        try
        {
            await next.Send(new BatchSagaRepositoryContext<TSaga, T>(context, unit, unit.Batch.Rows(tables.Of<TSaga>()), contexts));
        }
        catch
        {
            unit.UndoTo(mark); // a retry inside the pipe starts from what was there before
            throw;
        }
    }
}

internal sealed class BatchSagaRepositoryContext<TSaga, T>(
    ConsumeContext<T> context, MessageUnit unit, SagaRows<TSaga> rows, ISagaConsumeContextFactory<SagaRows<TSaga>, TSaga> contexts)
    : MassTransit.Context.ConsumeContextScope<T>(context), SagaRepositoryContext<TSaga, T>
    where TSaga : class, ISaga
    where T : class
{
    public Task<SagaConsumeContext<TSaga, T>> Add(TSaga instance) =>
        contexts.CreateSagaConsumeContext(rows, this, instance, SagaConsumeContextMode.Add);

    public async Task<SagaConsumeContext<TSaga, T>> Insert(TSaga instance) =>
        await rows.FindAsync(instance.CorrelationId, CancellationToken) is null
            ? await contexts.CreateSagaConsumeContext(rows, this, instance, SagaConsumeContextMode.Insert)
            : null!;

    public async Task<SagaConsumeContext<TSaga, T>> Load(Guid correlationId) =>
        await rows.FindAsync(correlationId, CancellationToken) is { } saga
            ? await contexts.CreateSagaConsumeContext(rows, this, saga, SagaConsumeContextMode.Load)
            : null!;

    public Task Save(SagaConsumeContext<TSaga> saga) => Keep(saga);

    public Task Update(SagaConsumeContext<TSaga> saga) => Keep(saga);

    public Task Delete(SagaConsumeContext<TSaga> saga)
    {
        unit.Undo.Push(rows.Remember(saga.Saga.CorrelationId));
        rows.Remove(saga.Saga.CorrelationId);
        return Task.CompletedTask;
    }

    public Task Discard(SagaConsumeContext<TSaga> saga) => Task.CompletedTask;

    public Task Undo(SagaConsumeContext<TSaga> saga) => Task.CompletedTask;

    public Task<SagaConsumeContext<TSaga, TMessage>> CreateSagaConsumeContext<TMessage>(ConsumeContext<TMessage> consumeContext, TSaga instance, SagaConsumeContextMode mode)
        where TMessage : class =>
        contexts.CreateSagaConsumeContext(rows, consumeContext, instance, mode);

    private Task Keep(SagaConsumeContext<TSaga> saga)
    {
        unit.Undo.Push(rows.Remember(saga.Saga.CorrelationId));
        rows.Save(saga.Saga.CorrelationId, saga.Saga);
        return Task.CompletedTask;
    }
}
