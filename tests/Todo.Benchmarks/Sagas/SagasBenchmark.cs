using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Trace;
using Todo.Bus.Hosting;

namespace Todo.Benchmarks.Sagas;

/// <summary>Saga transitions a second through the whole inbound path (Kafka, inbox, saga row, outbox, relay), against one transaction a message by hand.</summary>
internal static class SagasBenchmark
{
    private const int Sagas = 40_000;
    private const int WarmUp = 8_000;

    public static async Task<int> RunAsync(bool json)
    {
        await using var servers = await BenchServers.StartAsync("bench-tracked");
        using var tracing = Sdk.CreateTracerProviderBuilder().AddSource("MassTransit", "Todo.Bus").Build();

        await using var warm = await MeasureAsync(servers, "bench-warm", WarmUp, schema: true);
        var limit = await OneTransactionAMessage.MeasureAsync(warm.Source, 4_000);
        await warm.DisposeAsync();
        await using var measured = await MeasureAsync(servers, "bench-sagas", Sagas, schema: false);
        var p99 = await LatencyAsync(measured, servers);

        var result = new
        {
            transitionsPerSecond = Math.Round(measured.PerSecond),
            limitPerSecond = Math.Round(limit),
            ratio = Math.Round(measured.PerSecond / limit, 2),
            p99Ms = Math.Round(p99, 1),
            messages = Sagas * 2,
        };
        Console.WriteLine(json
            ? JsonSerializer.Serialize(result)
            : $"{result.transitionsPerSecond:N0} transitions/s, {result.ratio} × the {result.limitPerSecond:N0}/s of one transaction a message; at 500/s p99 {result.p99Ms} ms from Kafka to commit ({result.messages:N0} messages, inbox and outbox on)");
        return 0;
    }

    private static async Task<Run> MeasureAsync(BenchServers servers, string topic, int sagas, bool schema)
    {
        servers.CreateTopic(topic);
        Fill(servers, topic, sagas);
        var run = await Run.StartAsync(servers, topic, schema);
        await run.WaitAsync(sagas * 2L);
        run.PerSecond = await run.RateAsync();
        return run;
    }

    private static void Fill(BenchServers servers, string topic, int sagas)
    {
        using var producer = Producer(servers);
        var ids = Enumerable.Range(0, sagas).Select(_ => Guid.NewGuid()).ToArray();
        foreach (var id in ids)
            Send(producer, topic, id, Guid.NewGuid(), "bench.parcel.sent.v1", new ParcelSent(id, "Ada Lovelace", 12));
        foreach (var id in ids)
            Send(producer, topic, id, Guid.NewGuid(), "bench.parcel.arrived.v1", new ParcelArrived(id, DateTimeOffset.UtcNow));
        producer.Flush(TimeSpan.FromSeconds(60));
    }

    /// <summary>At 500 messages a second: from the produce call to the moment the inbox row is written.</summary>
    private static async Task<double> LatencyAsync(Run run, BenchServers servers)
    {
        using var producer = Producer(servers);
        var sent = new Dictionary<Guid, DateTime>();
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 2_500; i++)
        {
            var due = TimeSpan.FromMilliseconds(i * 2);
            if (due > clock.Elapsed)
                await Task.Delay(due - clock.Elapsed);
            var (parcel, message) = (Guid.NewGuid(), Guid.NewGuid());
            sent[message] = DateTime.UtcNow;
            Send(producer, run.Topic, parcel, message, "bench.parcel.sent.v1", new ParcelSent(parcel, "Ada Lovelace", 12));
        }

        producer.Flush(TimeSpan.FromSeconds(10));
        await run.WaitAsync(Sagas * 2L + sent.Count);
        var late = new List<double>();
        await using var command = run.Source.CreateCommand("select message_id, received_at from bus.inbox where consumer = $1 || ' ' || $1 and message_id = any($2)");
        command.Parameters.Add(new() { Value = run.Topic });
        command.Parameters.Add(new() { Value = sent.Keys.ToArray() });
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            late.Add((reader.GetDateTime(1) - sent[reader.GetGuid(0)]).TotalMilliseconds);
        late.Sort();
        return late[(int)(late.Count * 0.99)];
    }

    private static IProducer<byte[], byte[]> Producer(BenchServers servers) =>
        new ProducerBuilder<byte[], byte[]>(new ProducerConfig
        {
            BootstrapServers = servers.BootstrapServers,
            LingerMs = 1,
            QueueBufferingMaxMessages = 500_000,
            Partitioner = Partitioner.Murmur2Random,
        }).Build();

    private static void Send<T>(IProducer<byte[], byte[]> producer, string topic, Guid key, Guid id, string type, T data) =>
        producer.Produce(topic, new Message<byte[], byte[]>
        {
            Key = Encoding.UTF8.GetBytes(key.ToString()),
            Value = JsonSerializer.SerializeToUtf8Bytes(new { specversion = "1.0", id, source = "/bench", type, data }, JsonSerializerOptions.Web),
            Headers = [new Header("content-type", "application/cloudevents+json; charset=utf-8"u8.ToArray())],
        });

    private sealed class Run(IHost host, string topic) : IAsyncDisposable
    {
        public string Topic => topic;

        public NpgsqlDataSource Source => host.Services.GetRequiredService<NpgsqlDataSource>();

        public double PerSecond { get; set; }

        public static async Task<Run> StartAsync(BenchServers servers, string topic, bool schema)
        {
            var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Production", ApplicationName = "Todo.Benchmarks" });
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Kafka:BootstrapServers"] = servers.BootstrapServers,
                ["Kafka:GroupProtocol"] = servers.GroupProtocol,
                ["Kafka:FetchWaitMaxMs"] = "10",
                ["ConnectionStrings:Todo"] = servers.ConnectionString,
            });
            builder.Logging.ClearProviders().AddSimpleConsole().SetMinimumLevel(LogLevel.Error);
            builder.AddBusDbContext<ParcelsDbContext>();
            builder.AddTodoBus<ParcelsDbContext>(bus =>
            {
                bus.Messages(new Dictionary<Type, string> { [typeof(ParcelSent)] = "bench.parcel.sent.v1", [typeof(ParcelArrived)] = "bench.parcel.arrived.v1" });
                bus.Produces<Guid, ParcelTracked>("bench-tracked");
                bus.Rider.AddSagaStateMachine<ParcelStateMachine, ParcelState>().EntityFrameworkRepository(r => r.ExistingDbContext<ParcelsDbContext>());
                bus.TopicEndpoint(topic, topic, (context, e) => e.ConfigureSaga<ParcelState>(context));
            });
            var host = builder.Build();
            if (schema)
            {
                await using var scope = host.Services.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<ParcelsDbContext>().Database.ExecuteSqlRawAsync(ParcelsDbContext.Schema);
            }

            await host.StartAsync();
            return new Run(host, topic);
        }

        public async Task WaitAsync(long messages)
        {
            for (var deadline = Stopwatch.StartNew(); ;)
            {
                await using var command = Source.CreateCommand("select count(*) from bus.inbox where consumer = $1 || ' ' || $1");
                command.Parameters.Add(new() { Value = topic });
                var seen = (long)(await command.ExecuteScalarAsync())!;
                if (seen >= messages)
                    return;
                if (deadline.Elapsed > TimeSpan.FromMinutes(3))
                    throw new TimeoutException($"{seen} of {messages} messages were handled in three minutes.");
                await Task.Delay(200);
            }
        }

        /// <summary>From the first batch's inbox rows to the last's; the first batch itself does not count.</summary>
        public async Task<double> RateAsync()
        {
            await using var command = Source.CreateCommand(
                "select (count(*) / extract(epoch from max(received_at) - min(received_at)))::float8 from bus.inbox where consumer = $1 || ' ' || $1");
            command.Parameters.Add(new() { Value = topic });
            return (double)(await command.ExecuteScalarAsync())!;
        }

        public async ValueTask DisposeAsync()
        {
            await host.StopAsync();
            host.Dispose();
        }
    }
}
