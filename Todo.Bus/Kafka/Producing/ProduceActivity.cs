using MassTransit;

namespace Todo.Bus.Kafka;

/// <summary>Produces what the state machine makes of a context, in that context's scope.</summary>
internal abstract class ProduceStep<TInstance, TMessage>(Action<SendContext<TMessage>>? callback) : IStateMachineActivity
    where TInstance : class, SagaStateMachineInstance
    where TMessage : class
{
    public void Probe(ProbeContext context) => context.CreateScope("produce").Add("message", typeof(TMessage).Name);

    public void Accept(StateMachineVisitor visitor) => Visit(visitor);

    protected abstract void Visit(StateMachineVisitor visitor);

    protected async Task ProduceAsync(BehaviorContext<TInstance> context, SendTuple<TMessage> tuple)
    {
        var (message, pipe) = tuple;
        await context.GetServiceOrCreateInstance<ITopicProducer<TMessage>>()
            .Produce(message, Pipe.ExecuteAsync<KafkaSendContext<TMessage>>(async send =>
            {
                if (pipe is not null)
                    await pipe.Send(send);
                callback?.Invoke(send);
            }), context.CancellationToken);
    }
}

internal sealed class ProduceActivity<TInstance, TMessage>(Func<BehaviorContext<TInstance>, ValueTask<SendTuple<TMessage>>> make, Action<SendContext<TMessage>>? callback)
    : ProduceStep<TInstance, TMessage>(callback), IStateMachineActivity<TInstance>
    where TInstance : class, SagaStateMachineInstance
    where TMessage : class
{
    public async Task Execute(BehaviorContext<TInstance> context, IBehavior<TInstance> next)
    {
        await ProduceAsync(context, await make(context));
        await next.Execute(context);
    }

    public async Task Execute<T>(BehaviorContext<TInstance, T> context, IBehavior<TInstance, T> next)
        where T : class
    {
        await ProduceAsync(context, await make(context));
        await next.Execute(context);
    }

    public Task Faulted<TException>(BehaviorExceptionContext<TInstance, TException> context, IBehavior<TInstance> next)
        where TException : Exception => next.Faulted(context);

    public Task Faulted<T, TException>(BehaviorExceptionContext<TInstance, T, TException> context, IBehavior<TInstance, T> next)
        where T : class
        where TException : Exception => next.Faulted(context);

    protected override void Visit(StateMachineVisitor visitor) => visitor.Visit(this, _ => { });
}

internal sealed class ProduceActivity<TInstance, TData, TMessage>(Func<BehaviorContext<TInstance, TData>, ValueTask<SendTuple<TMessage>>> make, Action<SendContext<TMessage>>? callback)
    : ProduceStep<TInstance, TMessage>(callback), IStateMachineActivity<TInstance, TData>
    where TInstance : class, SagaStateMachineInstance
    where TData : class
    where TMessage : class
{
    public async Task Execute(BehaviorContext<TInstance, TData> context, IBehavior<TInstance, TData> next)
    {
        await ProduceAsync(context, await make(context));
        await next.Execute(context);
    }

    public Task Faulted<TException>(BehaviorExceptionContext<TInstance, TData, TException> context, IBehavior<TInstance, TData> next)
        where TException : Exception => next.Faulted(context);

    protected override void Visit(StateMachineVisitor visitor) => visitor.Visit(this, _ => { });
}
