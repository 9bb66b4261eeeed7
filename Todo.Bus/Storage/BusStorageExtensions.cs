using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Todo.Bus.DeadLetters;
using Todo.Bus.Hosting;
using Todo.Bus.Kafka;
using Todo.Bus.Outbox;
using Todo.Bus.Scheduling;

namespace Todo.Bus.Storage;

internal static class BusStorageExtensions
{
    /// <summary>Tables, relay, timers and dead letters: everything that stands between a commit and Kafka.</summary>
    public static void AddBusStorage(this IServiceCollection services)
    {
        services.AddNpgsqlSource();
        services.AddHostedService<BusSchema>();
        services.TryAddSingleton<OutboxSignal>();
        services.TryAddSingleton<TimerSignal>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<KafkaClients>();
        services.TryAddSingleton(provider => provider.GetRequiredService<KafkaClients>().OutboxSender());
        services.AddHostedService<OutboxRelay>();
        services.TryAddSingleton<TimerRelease>();
        services.TryAddSingleton<ITimerRelease>(provider => provider.GetRequiredService<TimerRelease>());
        services.AddHostedService<TimerReleaser>();
        services.TryAddScoped(ScopedScheduler.Create);
        services.TryAddSingleton<IDeadLetters, DeadLetterStore>();
        services.AddHostedService<Retention>();
        services.AddHostedService<BacklogGauges>();
    }
}
