using Confluent.Kafka;
using MassTransit.KafkaIntegration;
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
    /// <summary>Adds the rider to the bus. Call it once.</summary>
    public static void UsingKafka(this IRiderRegistrationConfigurator configurator, Action<IRiderRegistrationContext, IKafkaFactoryConfigurator> configure)
    {
        AddKafkaBasics(configurator);
        configurator.SetRiderFactory(new KafkaRiderFactory(configure));
        configurator.TryAddScoped<IKafkaRider, ITopicProducerProvider>((rider, scope) => new TopicProducerProvider((KafkaRider)rider, scope));
    }

    /// <summary>Adds the rider with the given client settings.</summary>
    public static void UsingKafka(this IRiderRegistrationConfigurator configurator, ClientConfig clientConfig, Action<IRiderRegistrationContext, IKafkaFactoryConfigurator> configure)
    {
        configurator.TryAddSingleton(clientConfig);
        configurator.UsingKafka(configure);
    }

    /// <summary>Registers a scoped <see cref="ITopicProducer{TKey,TValue}"/>. The first registration of a pair of types counts.</summary>
    public static void AddProducer<TKey, T>(this IRiderRegistrationConfigurator configurator, string topicName)
        where T : class =>
        configurator.TryAddScoped<IKafkaRider, ITopicProducer<TKey, T>>((rider, scope) => ((KafkaRider)rider).GetProducer<TKey, T>(scope, topicName));

    /// <summary>Registers a scoped <see cref="ITopicProducer{TValue}"/> whose messages carry no key.</summary>
    public static void AddProducer<T>(this IRiderRegistrationConfigurator configurator, string topicName)
        where T : class =>
        configurator.AddProducer<byte[]?, T>(topicName, _ => null);

    /// <summary>Registers a scoped <see cref="ITopicProducer{TValue}"/> whose key is resolved from the message, and the keyed form besides.</summary>
    public static void AddProducer<TKey, T>(this IRiderRegistrationConfigurator configurator, string topicName, KafkaKeyResolver<TKey, T> keyResolver)
        where T : class
    {
        configurator.AddProducer<TKey, T>(topicName);
        configurator.TryAddScoped<IKafkaRider, ITopicProducer<T>>((rider, scope) =>
        {
            var keyed = new TopicProducer<TKey, T>(topicName, scope, scope.GetRequiredService<IRecordSender>(), (KafkaRider)rider);
            return new TopicProducer<T>((message, pipe, ct) => keyed.Produce(keyResolver, message, pipe, ct), (KafkaRider)rider);
        });
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
        services.TryAddSingleton<IRecordSender, RecordSender>();
        services.TryAddSingleton<RunningConsumers>();
        services.AddHostedService(provider => provider.GetRequiredService<RunningConsumers>());
    }

    private static string EventSource(IServiceProvider services)
    {
        var name = services.GetService<Microsoft.Extensions.Hosting.IHostEnvironment>()?.ApplicationName ?? "todo";
        return "/" + name.Replace('.', '/').ToLowerInvariant();
    }
}
