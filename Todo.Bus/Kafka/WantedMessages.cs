using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Todo.Bus.Sagas;

namespace Todo.Bus.Kafka;

/// <summary>Listens while an endpoint is configured: which messages its consumers and sagas want, and which sagas can be loaded ahead.</summary>
internal sealed class WantedMessages(IServiceProvider services) : IConsumerConfigurationObserver, ISagaConfigurationObserver, IHandlerConfigurationObserver
{
    private readonly HashSet<Type> _types = [];
    private readonly List<Func<ISagaLoader?>> _sagas = [];

    public IReadOnlySet<Type> Types => _types;

    public IEnumerable<ISagaLoader> Sagas() => _sagas.Select(make => make()).OfType<ISagaLoader>();

    public void ConsumerConfigured<TConsumer>(IConsumerConfigurator<TConsumer> configurator)
        where TConsumer : class
    {
    }

    public void ConsumerMessageConfigured<TConsumer, TMessage>(IConsumerMessageConfigurator<TConsumer, TMessage> configurator)
        where TConsumer : class
        where TMessage : class => _types.Add(Single(typeof(TMessage)));

    public void HandlerConfigured<TMessage>(IHandlerConfigurator<TMessage> configurator)
        where TMessage : class => _types.Add(typeof(TMessage));

    public void SagaConfigured<TSaga>(ISagaConfigurator<TSaga> configurator)
        where TSaga : class, ISaga
    {
    }

    public void SagaMessageConfigured<TSaga, TMessage>(ISagaMessageConfigurator<TSaga, TMessage> configurator)
        where TSaga : class, ISaga
        where TMessage : class => _types.Add(typeof(TMessage));

    public void StateMachineSagaConfigured<TInstance>(ISagaConfigurator<TInstance> configurator, SagaStateMachine<TInstance> stateMachine)
        where TInstance : class, ISaga, SagaStateMachineInstance
    {
        foreach (var correlation in stateMachine.Correlations)
            _types.Add(correlation.DataType);
        _sagas.Add(() =>
            services.GetServices<SagaStorage>().Any(storage => storage.Saga == typeof(TInstance)) && services.GetRequiredService<SagaTables>().Of<TInstance>() is { } table
                ? new SagaLoader<TInstance>(table, stateMachine)
                : null);
    }

    /// <summary>A batch is made of messages that come one by one.</summary>
    private static Type Single(Type message) =>
        message.IsGenericType && message.GetGenericTypeDefinition() == typeof(Batch<>) ? message.GetGenericArguments()[0] : message;
}
