using Confluent.Kafka;
using MassTransit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MassTransit;

/// <summary>MassTransit's test harness with topics.</summary>
public static class KafkaTestHarnessExtensions
{
    /// <summary>Prepares topics of a broker at localhost:9092. Call it before AddMassTransitTestHarness.</summary>
    public static IServiceCollection ConfigureKafkaTestOptions(this IServiceCollection services, Action<KafkaTestHarnessOptions>? configure = null) =>
        services.ConfigureKafkaTestOptions(new ClientConfig { BootstrapServers = "localhost:9092" }, configure);

    /// <summary>Prepares topics of the brokers given, which riders without a host of their own use as well. Call it before AddMassTransitTestHarness.</summary>
    public static IServiceCollection ConfigureKafkaTestOptions(this IServiceCollection services, ClientConfig config, Action<KafkaTestHarnessOptions>? configure = null)
    {
        services.TryAddSingleton(config);
        var options = services.AddOptions<KafkaTestHarnessOptions>();
        if (configure is not null)
            options.Configure(configure);
        services.AddHostedService<KafkaTestHarnessHostedService>();
        return services;
    }

    /// <summary>A producer without a key, from the harness's scope.</summary>
    public static ITopicProducer<T> GetProducer<T>(this ITestHarness harness)
        where T : class => harness.Scope.ServiceProvider.GetRequiredService<ITopicProducer<T>>();

    /// <summary>A keyed producer, from the harness's scope.</summary>
    public static ITopicProducer<TKey, T> GetProducer<TKey, T>(this ITestHarness harness)
        where T : class => harness.Scope.ServiceProvider.GetRequiredService<ITopicProducer<TKey, T>>();
}
