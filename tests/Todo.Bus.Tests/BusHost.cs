using Confluent.Kafka;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Todo.Bus.Hosting;
using Todo.Bus.Kafka;
using Todo.Bus.Outbox;

namespace Todo.Bus.Tests;

/// <summary>A process on the bus, inside the test: real Kafka protocol, real Postgres.</summary>
internal sealed class BusHost : IAsyncDisposable
{
    private readonly IHost _host;

    private BusHost(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    public NpgsqlDataSource Source => Services.GetRequiredService<NpgsqlDataSource>();

    public static async Task<BusHost> StartAsync(
        string kafka, string postgres, Action<BusConfigurator> configure, Action<IServiceCollection>? services = null)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Testing", ApplicationName = "Todo.Bus.Tests" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Kafka:BootstrapServers"] = kafka,
            ["ConnectionStrings:Todo"] = postgres,
            ["Kafka:FetchWaitMaxMs"] = "10",
            // The embedded Kafka rebalances at once by the consumer protocol, and only after session timeouts by the classic one.
            ["Kafka:GroupProtocol"] = Environment.GetEnvironmentVariable("TODO_KAFKA") is null ? "Consumer" : "Classic",
        });
        builder.Logging.ClearProviders();
        if (Environment.GetEnvironmentVariable("TODO_TEST_LOG") is not null)
            builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Debug).AddFilter("Microsoft", LogLevel.Warning);
        builder.AddBusDbContext<OrdersDbContext>();
        services?.Invoke(builder.Services);
        builder.AddTodoBus<OrdersDbContext>(configure);
        var host = builder.Build();
        await using (var scope = host.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
            await db.Database.ExecuteSqlRawAsync(OrdersDbContext.Schema);
        }

        await host.StartAsync();
        return new BusHost(host);
    }

    /// <summary>Produces in a scope of its own, so that it goes through the outbox and commits.</summary>
    public async Task ProduceAsync<T>(Guid key, params T[] messages)
        where T : class
    {
        await using var scope = Services.CreateAsyncScope();
        var producer = scope.ServiceProvider.GetRequiredService<ITopicProducer<Guid, T>>();
        foreach (var message in messages)
            await producer.Produce(key, message);
        await scope.ServiceProvider.GetRequiredService<OrdersDbContext>().SaveChangesAsync();
    }

    /// <summary>Writes to any topic at once, past the outbox.</summary>
    public async Task SendAsync<T>(string topic, Guid key, T message, Guid? id = null)
        where T : class
    {
        await using var scope = Services.CreateAsyncScope();
        var row = scope.ServiceProvider.GetRequiredService<RecordWriter>().Write(
            new TopicSendContext<Guid, T>(message, CancellationToken.None) { MessageId = id ?? Guid.CreateVersion7() }, topic, null, RecordKeys.Bytes(key), null);
        var done = new TaskCompletionSource();
        scope.ServiceProvider.GetRequiredService<IRecordSender>()
            .Send(topic, null, row.Key, row.Value, OutboxHeaders.Read(row.Headers), error => _ = error is null ? done.TrySetResult() : done.TrySetException(new KafkaException(error)));
        await done.Task;
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync() ?? throw new InvalidOperationException($"{sql} returned nothing"));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable host)
            await host.DisposeAsync();
    }
}
