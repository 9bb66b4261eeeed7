using Confluent.Kafka;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Todo.Bus.Manual.Tests;

/// <summary>Starts a program of the manual: only its AddMassTransit is given.</summary>
internal sealed class ManualHost : IAsyncDisposable
{
    private readonly IHost _host;

    private ManualHost(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    public Heard Heard => Services.GetRequiredService<Heard>();

    public static async Task<ManualHost> StartAsync(
        Action<IBusRegistrationConfigurator> massTransit, Action<IServiceCollection>? services = null, string? database = null, bool waitUntilStarted = true)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Testing", ApplicationName = "Todo.Bus.Manual" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Kafka:FetchWaitMaxMs"] = "10",
            // The embedded Kafka rebalances at once by the consumer protocol, and only after session timeouts by the classic one.
            ["Kafka:GroupProtocol"] = Environment.GetEnvironmentVariable("TODO_KAFKA") is null ? "Consumer" : "Classic",
        });
        builder.Logging.ClearProviders();
        if (Environment.GetEnvironmentVariable("TODO_TEST_LOG") is not null)
            builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Debug).AddFilter("Microsoft", LogLevel.Warning);
        builder.Services.AddSingleton<Heard>();
        builder.Services.AddOptions<MassTransitHostOptions>().Configure(options => options.WaitUntilStarted = waitUntilStarted);
        if (database is not null)
            builder.Services.AddDbContext<ParcelsContext>(options => options.UseNpgsql(database));
        services?.Invoke(builder.Services);
        builder.Services.AddMassTransit(massTransit);
        var host = builder.Build();
        if (database is not null)
        {
            await using var scope = host.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ParcelsContext>().Database.EnsureCreatedAsync();
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await host.StartAsync(patience.Token);
        return new ManualHost(host);
    }

    /// <summary>Runs something in a scope, as a request would.</summary>
    public async Task InScopeAsync(Func<IServiceProvider, Task> run)
    {
        await using var scope = Services.CreateAsyncScope();
        await run(scope.ServiceProvider);
    }

    /// <summary>Produces in a scope of its own.</summary>
    public Task ProduceAsync<TKey, T>(TKey key, T message)
        where T : class => InScopeAsync(scope => scope.GetRequiredService<ITopicProducer<TKey, T>>().Produce(key, message));

    public async Task<T> QueryAsync<T>(Func<ParcelsContext, Task<T>> query)
    {
        await using var scope = Services.CreateAsyncScope();
        return await query(scope.ServiceProvider.GetRequiredService<ParcelsContext>());
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable host)
            await host.DisposeAsync();
    }
}

/// <summary>Reads and writes records as any other client would.</summary>
internal sealed class Outsider(string bootstrapServers)
{
    public async Task WriteAsync(string topic, byte[]? key, string? value, Confluent.Kafka.Headers? headers = null)
    {
        using var producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig { BootstrapServers = bootstrapServers }).Build();
        await producer.ProduceAsync(topic, new Message<byte[], byte[]> { Key = key!, Value = value is null ? null! : System.Text.Encoding.UTF8.GetBytes(value), Headers = headers ?? [] });
    }

    public ConsumeResult<byte[], byte[]> ReadOne(string topic)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig { BootstrapServers = bootstrapServers, GroupId = Guid.NewGuid().ToString(), FetchWaitMaxMs = 10 }).Build();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var partitions = admin.GetMetadata(topic, TimeSpan.FromSeconds(10)).Topics.Single().Partitions;
        consumer.Assign(partitions.Select(partition => new TopicPartitionOffset(topic, partition.PartitionId, Offset.Beginning)));
        return consumer.Consume(patience.Token);
    }
}
