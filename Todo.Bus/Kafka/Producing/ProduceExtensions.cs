using Todo.Bus.Kafka;

namespace MassTransit;

/// <summary>The saga verb <c>.Produce(…)</c>. The message waits for the saga's transaction; its key comes from the resolver given to AddProducer.</summary>
public static class ProduceExtensions
{
    /// <summary>Produces the message.</summary>
    public static EventActivityBinder<TInstance> Produce<TInstance, TMessage>(
        this EventActivityBinder<TInstance> source, TMessage message, Action<SendContext<TMessage>>? contextCallback = null)
        where TInstance : class, SagaStateMachineInstance
        where TMessage : class =>
        source.Add(new ProduceActivity<TInstance, TMessage>(_ => new(new SendTuple<TMessage>(message)), contextCallback));

    /// <summary>Produces the message once it is there.</summary>
    public static EventActivityBinder<TInstance> Produce<TInstance, TMessage>(
        this EventActivityBinder<TInstance> source, Task<TMessage> message, Action<SendContext<TMessage>>? contextCallback = null)
        where TInstance : class, SagaStateMachineInstance
        where TMessage : class =>
        source.Add(new ProduceActivity<TInstance, TMessage>(async _ => new SendTuple<TMessage>(await message), contextCallback));

    /// <summary>Produces the message made from what is happening.</summary>
    public static EventActivityBinder<TInstance> Produce<TInstance, TMessage>(
        this EventActivityBinder<TInstance> source, AsyncEventMessageFactory<TInstance, TMessage> messageFactory, Action<SendContext<TMessage>>? contextCallback = null)
        where TInstance : class, SagaStateMachineInstance
        where TMessage : class =>
        source.Add(new ProduceActivity<TInstance, TMessage>(async context => new SendTuple<TMessage>(await messageFactory(context)), contextCallback));

    /// <summary>Produces the message made, with a pipe, by <c>Init</c>.</summary>
    public static EventActivityBinder<TInstance> Produce<TInstance, TMessage>(
        this EventActivityBinder<TInstance> source, Func<BehaviorContext<TInstance>, Task<SendTuple<TMessage>>> messageFactory, Action<SendContext<TMessage>>? contextCallback = null)
        where TInstance : class, SagaStateMachineInstance
        where TMessage : class =>
        source.Add(new ProduceActivity<TInstance, TMessage>(context => new(messageFactory(context)), contextCallback));

    /// <summary>Produces the message.</summary>
    public static EventActivityBinder<TInstance, TData> Produce<TInstance, TData, TMessage>(
        this EventActivityBinder<TInstance, TData> source, TMessage message, Action<SendContext<TMessage>>? contextCallback = null)
        where TInstance : class, SagaStateMachineInstance
        where TData : class
        where TMessage : class =>
        source.Add(new ProduceActivity<TInstance, TData, TMessage>(_ => new(new SendTuple<TMessage>(message)), contextCallback));

    /// <summary>Produces the message once it is there.</summary>
    public static EventActivityBinder<TInstance, TData> Produce<TInstance, TData, TMessage>(
        this EventActivityBinder<TInstance, TData> source, Task<TMessage> message, Action<SendContext<TMessage>>? contextCallback = null)
        where TInstance : class, SagaStateMachineInstance
        where TData : class
        where TMessage : class =>
        source.Add(new ProduceActivity<TInstance, TData, TMessage>(async _ => new SendTuple<TMessage>(await message), contextCallback));

    /// <summary>Produces the message made from what is happening.</summary>
    public static EventActivityBinder<TInstance, TData> Produce<TInstance, TData, TMessage>(
        this EventActivityBinder<TInstance, TData> source, AsyncEventMessageFactory<TInstance, TData, TMessage> messageFactory, Action<SendContext<TMessage>>? contextCallback = null)
        where TInstance : class, SagaStateMachineInstance
        where TData : class
        where TMessage : class =>
        source.Add(new ProduceActivity<TInstance, TData, TMessage>(async context => new SendTuple<TMessage>(await messageFactory(context)), contextCallback));

    /// <summary>Produces the message made, with a pipe, by <c>Init</c>.</summary>
    public static EventActivityBinder<TInstance, TData> Produce<TInstance, TData, TMessage>(
        this EventActivityBinder<TInstance, TData> source, Func<BehaviorContext<TInstance, TData>, Task<SendTuple<TMessage>>> messageFactory, Action<SendContext<TMessage>>? contextCallback = null)
        where TInstance : class, SagaStateMachineInstance
        where TData : class
        where TMessage : class =>
        source.Add(new ProduceActivity<TInstance, TData, TMessage>(context => new(messageFactory(context)), contextCallback));

    /// <summary>Produces the message after an exception.</summary>
    public static ExceptionActivityBinder<TInstance, TException> Produce<TInstance, TException, TMessage>(
        this ExceptionActivityBinder<TInstance, TException> source, TMessage message, Action<SendContext<TMessage>>? contextCallback = null)
        where TInstance : class, SagaStateMachineInstance
        where TException : Exception
        where TMessage : class =>
        source.Add(new FaultedProduceActivity<TInstance, TException, TMessage>(_ => new(new SendTuple<TMessage>(message)), contextCallback));

    /// <summary>Produces the message once it is there after an exception.</summary>
    public static ExceptionActivityBinder<TInstance, TException> Produce<TInstance, TException, TMessage>(
        this ExceptionActivityBinder<TInstance, TException> source, Task<TMessage> message, Action<SendContext<TMessage>>? contextCallback = null)
        where TInstance : class, SagaStateMachineInstance
        where TException : Exception
        where TMessage : class =>
        source.Add(new FaultedProduceActivity<TInstance, TException, TMessage>(async _ => new SendTuple<TMessage>(await message), contextCallback));

    /// <summary>Produces the message made from what is happening after an exception.</summary>
    public static ExceptionActivityBinder<TInstance, TException> Produce<TInstance, TException, TMessage>(
        this ExceptionActivityBinder<TInstance, TException> source, AsyncEventExceptionMessageFactory<TInstance, TException, TMessage> messageFactory, Action<SendContext<TMessage>>? contextCallback = null)
        where TInstance : class, SagaStateMachineInstance
        where TException : Exception
        where TMessage : class =>
        source.Add(new FaultedProduceActivity<TInstance, TException, TMessage>(async context => new SendTuple<TMessage>(await messageFactory(context)), contextCallback));

    /// <summary>Produces the message made, with a pipe, by <c>Init</c> after an exception.</summary>
    public static ExceptionActivityBinder<TInstance, TException> Produce<TInstance, TException, TMessage>(
        this ExceptionActivityBinder<TInstance, TException> source, Func<BehaviorExceptionContext<TInstance, TException>, Task<SendTuple<TMessage>>> messageFactory, Action<SendContext<TMessage>>? contextCallback = null)
        where TInstance : class, SagaStateMachineInstance
        where TException : Exception
        where TMessage : class =>
        source.Add(new FaultedProduceActivity<TInstance, TException, TMessage>(context => new(messageFactory(context)), contextCallback));

    /// <summary>Produces the message after an exception.</summary>
    public static ExceptionActivityBinder<TInstance, TData, TException> Produce<TInstance, TData, TException, TMessage>(
        this ExceptionActivityBinder<TInstance, TData, TException> source, TMessage message, Action<SendContext<TMessage>>? contextCallback = null)
        where TInstance : class, SagaStateMachineInstance
        where TData : class
        where TException : Exception
        where TMessage : class =>
        source.Add(new FaultedProduceActivity<TInstance, TData, TException, TMessage>(_ => new(new SendTuple<TMessage>(message)), contextCallback));

    /// <summary>Produces the message once it is there after an exception.</summary>
    public static ExceptionActivityBinder<TInstance, TData, TException> Produce<TInstance, TData, TException, TMessage>(
        this ExceptionActivityBinder<TInstance, TData, TException> source, Task<TMessage> message, Action<SendContext<TMessage>>? contextCallback = null)
        where TInstance : class, SagaStateMachineInstance
        where TData : class
        where TException : Exception
        where TMessage : class =>
        source.Add(new FaultedProduceActivity<TInstance, TData, TException, TMessage>(async _ => new SendTuple<TMessage>(await message), contextCallback));

    /// <summary>Produces the message made from what is happening after an exception.</summary>
    public static ExceptionActivityBinder<TInstance, TData, TException> Produce<TInstance, TData, TException, TMessage>(
        this ExceptionActivityBinder<TInstance, TData, TException> source, AsyncEventExceptionMessageFactory<TInstance, TData, TException, TMessage> messageFactory, Action<SendContext<TMessage>>? contextCallback = null)
        where TInstance : class, SagaStateMachineInstance
        where TData : class
        where TException : Exception
        where TMessage : class =>
        source.Add(new FaultedProduceActivity<TInstance, TData, TException, TMessage>(async context => new SendTuple<TMessage>(await messageFactory(context)), contextCallback));

    /// <summary>Produces the message made, with a pipe, by <c>Init</c> after an exception.</summary>
    public static ExceptionActivityBinder<TInstance, TData, TException> Produce<TInstance, TData, TException, TMessage>(
        this ExceptionActivityBinder<TInstance, TData, TException> source, Func<BehaviorExceptionContext<TInstance, TData, TException>, Task<SendTuple<TMessage>>> messageFactory, Action<SendContext<TMessage>>? contextCallback = null)
        where TInstance : class, SagaStateMachineInstance
        where TData : class
        where TException : Exception
        where TMessage : class =>
        source.Add(new FaultedProduceActivity<TInstance, TData, TException, TMessage>(context => new(messageFactory(context)), contextCallback));
}
