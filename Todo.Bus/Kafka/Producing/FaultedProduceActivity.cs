using MassTransit;

namespace Todo.Bus.Kafka;

/// <summary>Produces while the state machine is catching an exception; passes by while there is none.</summary>
internal sealed class FaultedProduceActivity<TInstance, TFailure, TMessage>(
    Func<BehaviorExceptionContext<TInstance, TFailure>, ValueTask<SendTuple<TMessage>>> make, Action<SendContext<TMessage>>? callback)
    : ProduceStep<TInstance, TMessage>(callback), IStateMachineActivity<TInstance>
    where TInstance : class, SagaStateMachineInstance
    where TFailure : Exception
    where TMessage : class
{
    public Task Execute(BehaviorContext<TInstance> context, IBehavior<TInstance> next) => next.Execute(context);

    public Task Execute<T>(BehaviorContext<TInstance, T> context, IBehavior<TInstance, T> next)
        where T : class => next.Execute(context);

    public async Task Faulted<TException>(BehaviorExceptionContext<TInstance, TException> context, IBehavior<TInstance> next)
        where TException : Exception
    {
        if (context is BehaviorExceptionContext<TInstance, TFailure> caught)
            await ProduceAsync(context, await make(caught));
        await next.Faulted(context);
    }

    public async Task Faulted<T, TException>(BehaviorExceptionContext<TInstance, T, TException> context, IBehavior<TInstance, T> next)
        where T : class
        where TException : Exception
    {
        if (context is BehaviorExceptionContext<TInstance, TFailure> caught)
            await ProduceAsync(context, await make(caught));
        await next.Faulted(context);
    }

    protected override void Visit(StateMachineVisitor visitor) => visitor.Visit(this, _ => { });
}

internal sealed class FaultedProduceActivity<TInstance, TData, TFailure, TMessage>(
    Func<BehaviorExceptionContext<TInstance, TData, TFailure>, ValueTask<SendTuple<TMessage>>> make, Action<SendContext<TMessage>>? callback)
    : ProduceStep<TInstance, TMessage>(callback), IStateMachineActivity<TInstance, TData>
    where TInstance : class, SagaStateMachineInstance
    where TData : class
    where TFailure : Exception
    where TMessage : class
{
    public Task Execute(BehaviorContext<TInstance, TData> context, IBehavior<TInstance, TData> next) => next.Execute(context);

    public async Task Faulted<TException>(BehaviorExceptionContext<TInstance, TData, TException> context, IBehavior<TInstance, TData> next)
        where TException : Exception
    {
        if (context is BehaviorExceptionContext<TInstance, TData, TFailure> caught)
            await ProduceAsync(context, await make(caught));
        await next.Faulted(context);
    }

    protected override void Visit(StateMachineVisitor visitor) => visitor.Visit(this, _ => { });
}
