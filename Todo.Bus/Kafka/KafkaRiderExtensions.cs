using Confluent.Kafka;
using MassTransit.DependencyInjection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Todo.Bus.Envelope;
using Todo.Bus.Kafka;
using Todo.Bus.Outbox;
using Todo.Bus.Sagas;
using Todo.Bus.Scheduling;

namespace MassTransit;

/// <summary>Registers the Kafka rider, with the names and shapes of MassTransit's own.</summary>
public static class KafkaRiderExtensions
{
    /// <summary>Adds the rider to the bus. Call it once. Brokers come from Host, else from the container's <see cref="ClientConfig"/>.</summary>
    public static void UsingKafka(this IRiderRegistrationConfigurator configurator, Action<IRiderRegistrationContext, IKafkaFactoryConfigurator> configure) =>
        AddRider(configurator, null, configure);

    /// <summary>Adds the rider with the given client settings.</summary>
    public static void UsingKafka(
        this IRiderRegistrationConfigurator configurator, ClientConfig clientConfig, Action<IRiderRegistrationContext, IKafkaFactoryConfigurator> configure) =>
        AddRider(configurator, clientConfig, configure);

    /// <summary>Adds the rider to a second bus. Its messages wait in the outbox where it uses the brokers of the first; on others they are written at once.</summary>
    public static void UsingKafka<TBus>(this IRiderRegistrationConfigurator<TBus> configurator, Action<IRiderRegistrationContext, IKafkaFactoryConfigurator> configure)
        where TBus : class, IBus => AddRider(configurator, null, configure);

    /// <summary>Adds the rider to a second bus, with the given client settings.</summary>
    public static void UsingKafka<TBus>(
        this IRiderRegistrationConfigurator<TBus> configurator, ClientConfig clientConfig, Action<IRiderRegistrationContext, IKafkaFactoryConfigurator> configure)
        where TBus : class, IBus => AddRider(configurator, clientConfig, configure);

    private static void AddRider(IRiderRegistrationConfigurator configurator, ClientConfig? client, Action<IRiderRegistrationContext, IKafkaFactoryConfigurator> configure)
    {
        AddKafkaBasics(configurator);
        configurator.SetRiderFactory(new KafkaRiderFactory(configurator.Registrar, client, true, configure));
        configurator.TryAddScoped<IKafkaRider, ITopicProducerProvider>((rider, scope) => new TopicProducerProvider((KafkaRider)rider, scope));
    }

    private static void AddRider<TBus>(
        IRiderRegistrationConfigurator<TBus> configurator, ClientConfig? client, Action<IRiderRegistrationContext, IKafkaFactoryConfigurator> configure)
        where TBus : class, IBus
    {
        AddKafkaBasics(configurator);
        configurator.SetRiderFactory(new KafkaRiderFactory(configurator.Registrar, client, false, configure));
        ((IServiceCollection)configurator).TryAddScoped(scope => Bind<TBus>.Create<ITopicProducerProvider>(
            new TopicProducerProvider((KafkaRider)scope.GetRequiredService<Bind<TBus, IKafkaRider>>().Value, scope)));
    }

    private static void AddKafkaBasics(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<MessageTypes>();
        services.TryAddSingleton<OutboxSignal>();
        services.TryAddSingleton<TimerSignal>();
        services.TryAddSingleton<SagaTables>();
        services.TryAddSingleton<RecordWriter>();
        services.TryAddSingleton(provider => new EventWriter(provider.GetRequiredService<MessageTypes>(), EventSource(provider)));
        services.TryAddSingleton<KafkaClients>();
        services.TryAddSingleton(provider => provider.GetRequiredService<KafkaClients>().OutboxSender());
        services.TryAddSingleton<RunningConsumers>();
        services.AddHostedService(provider => provider.GetRequiredService<RunningConsumers>());
    }

    private static string EventSource(IServiceProvider services)
    {
        var name = services.GetService<Microsoft.Extensions.Hosting.IHostEnvironment>()?.ApplicationName ?? "todo";
        return "/" + name.Replace('.', '/').ToLowerInvariant();
    }
}
