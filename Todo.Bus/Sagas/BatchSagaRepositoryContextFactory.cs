using MassTransit;
using MassTransit.Saga;
using Microsoft.EntityFrameworkCore;
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

    public Task Send<T>(ConsumeContext<T> context, IPipe<SagaRepositoryContext<TSaga, T>> next)
        where T : class => InBatchAsync(context, unit => SendAsync(context, unit, next));

    public Task SendQuery<T>(ConsumeContext<T> context, ISagaQuery<TSaga> query, IPipe<SagaRepositoryQueryContext<TSaga, T>> next)
        where T : class => InBatchAsync(context, unit => QueryAsync(context, unit, query, next));

    /// <summary>A race with another process is run again here; in the batch of a topic endpoint the batch does that.</summary>
    private async Task InBatchAsync<T>(ConsumeContext<T> context, Func<MessageUnit, Task> handle)
        where T : class
    {
        if (context.TryGetPayload(out MessageUnit? unit))
        {
            await handle(unit);
            return;
        }

        for (var races = 0; ; races++)
        {
            try
            {
                await using var batch = await Batch.BeginAsync(services.GetRequiredService<NpgsqlDataSource>(), context.CancellationToken);
                var own = new MessageUnit(batch, "bus", context.MessageId);
                context.AddOrUpdatePayload(() => own, _ => own);
                await handle(own);
                await batch.CommitAsync([own], [], context.CancellationToken);
                own.Announce(services.GetRequiredService<OutboxSignal>(), services.GetRequiredService<TimerSignal>());
                return;
            }
            catch (Exception race) when (races < 10 && SagaRaceException.IsIn(race))
            {
                // Who was faster has committed: the next look finds its row.
            }
        }
    }

    private async Task SendAsync<T>(ConsumeContext<T> context, MessageUnit unit, IPipe<SagaRepositoryContext<TSaga, T>> next)
        where T : class
    {
        await unit.Turn.WaitAsync(context.CancellationToken);
        var mark = unit.Mark();
        try
        {
            if (tables.Of<TSaga>() is { } table)
            {
                await next.Send(new BatchSagaRepositoryContext<TSaga, T>(context, unit, unit.Batch.Rows(table), contexts));
                return;
            }

            await using var entities = new EntitySagaRepositoryContext<TSaga, T>(context, unit, tables);
            await next.Send(entities);
        }
        catch
        {
            unit.UndoTo(mark); // a retry inside the pipe starts from what was there before
            throw;
        }
        finally
        {
            unit.Turn.Release();
        }
    }

    private async Task QueryAsync<T>(ConsumeContext<T> context, MessageUnit unit, ISagaQuery<TSaga> query, IPipe<SagaRepositoryQueryContext<TSaga, T>> next)
        where T : class
    {
        List<Guid> ids;
        await using (var look = tables.Open<TSaga>(unit.Batch))
            ids = await look.Db.Set<TSaga>().Where(query.FilterExpression).Select(saga => saga.CorrelationId).OrderBy(id => id).ToListAsync(context.CancellationToken);
        if (tables.Of<TSaga>() is { } table)
        {
            var (matching, changed) = unit.Batch.Rows(table).Match(query.GetFilter());
            ids = [.. ids.Where(id => !changed.Contains(id)).Concat(matching)];
        }

        await SendAsync(context, unit, Pipe.ExecuteAsync<SagaRepositoryContext<TSaga, T>>(
            repository => next.Send(new DefaultSagaRepositoryQueryContext<TSaga, T>(repository, ids))));
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
