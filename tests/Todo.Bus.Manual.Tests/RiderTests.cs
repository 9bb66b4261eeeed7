using Confluent.Kafka;
using MassTransit;
using MassTransit.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Todo.Testing;

namespace Todo.Bus.Manual.Tests;

public interface ISecondBus : IBus;

public sealed class RiderTests(KafkaFixture kafka) : IClassFixture<KafkaFixture>
{
    [Fact]
    public async Task Two_buses_have_a_rider_each_and_reach_each_others_topics()
    {
        var (one, two) = (await kafka.CreateTopicAsync(partitions: 1), await kafka.CreateTopicAsync(partitions: 1));
        await using var host = await ManualHost.StartAsync(
            x =>
            {
                x.UsingInMemory();
                x.AddRider(rider =>
                {
                    rider.AddConsumer<WeighedConsumer>();
                    rider.AddProducer<Guid, ParcelLabelled>(two);
                    rider.UsingKafka(new ClientConfig { BootstrapServers = kafka.BootstrapServers }, (context, k) =>
                        k.TopicEndpoint<Guid, ParcelWeighed>(one, one, e => e.ConfigureConsumer<WeighedConsumer>(context)));
                });
            },
            services => services.AddMassTransit<ISecondBus>(x =>
            {
                x.UsingInMemory();
                x.AddRider(rider =>
                {
                    rider.AddConsumer<LabelledConsumer>();
                    rider.AddProducer<Guid, ParcelWeighed>(one);
                    rider.UsingKafka((context, k) =>
                    {
                        k.Host(kafka.BootstrapServers);
                        k.TopicEndpoint<Guid, ParcelLabelled>(two, two, e => e.ConfigureConsumer<LabelledConsumer>(context));
                    });
                });
            }));

        await host.ProduceAsync(Guid.NewGuid(), new ParcelWeighed { Grams = 1 });
        await host.ProduceAsync(Guid.NewGuid(), new ParcelLabelled(Guid.Empty, "x"));
        await host.InScopeAsync(scope => scope.GetRequiredService<MassTransit.DependencyInjection.Bind<ISecondBus, ITopicProducerProvider>>().Value
            .GetProducer<Guid, ParcelWeighed>(new Uri($"topic:{one}")).Produce(Guid.NewGuid(), new ParcelWeighed { Grams = 2 }));

        await Eventually.True(() => Task.FromResult(host.Heard.Of<ParcelWeighed>().Count == 2 && host.Heard.Of<ParcelLabelled>().Count == 1));
    }

    [Fact]
    public async Task The_test_harness_prepares_topics_and_sees_what_topic_endpoints_consume()
    {
        var topic = KafkaFixture.UniqueName("harness");
        await using var provider = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Kafka:FetchWaitMaxMs"] = "10",
                ["Kafka:GroupProtocol"] = Environment.GetEnvironmentVariable("TODO_KAFKA") is null ? "Consumer" : "Classic",
            }).Build())
            .AddSingleton<Heard>()
            .ConfigureKafkaTestOptions(new ClientConfig { BootstrapServers = kafka.BootstrapServers }, options =>
            {
                options.CreateTopicsIfNotExists = true;
                options.TopicNames = [topic];
                options.Partitions = 2;
            })
            .AddMassTransitTestHarness(x =>
            {
                x.AddRider(rider =>
                {
                    rider.AddConsumer<WeighedConsumer>();
                    rider.AddProducer<Guid, ParcelWeighed>(topic, context => context.Message.ParcelId);
                    rider.UsingKafka((context, k) => k.TopicEndpoint<ParcelWeighed>(topic, topic, e =>
                    {
                        e.CreateIfMissing();
                        e.Retries = [];
                        e.ConfigureConsumer<WeighedConsumer>(context);
                    }));
                });
            })
            .BuildServiceProvider(true);
        var harness = provider.GetTestHarness();
        harness.TestInactivityTimeout = TimeSpan.FromSeconds(20);
        await harness.Start();

        await harness.GetProducer<ParcelWeighed>().Produce(new { ParcelId = Guid.NewGuid(), Grams = 5 });
        await harness.GetProducer<Guid, ParcelWeighed>().Produce(Guid.NewGuid(), new ParcelWeighed { Grams = -1 });

        (await harness.Consumed.Any<ParcelWeighed>(consumed => consumed.Context.Message.Grams == 5)).Should().BeTrue();
        (await harness.Consumed.Any<ParcelWeighed>(consumed => consumed.Context.Message.Grams == -1 && consumed.Exception is not null)).Should().BeTrue();
        (await harness.Sent.Any<ParcelWeighed>()).Should().BeTrue();
    }

    [Fact]
    public async Task A_bus_stops_and_starts_again_and_says_in_its_health_how_it_is()
    {
        var topic = await kafka.CreateTopicAsync(partitions: 1);
        await using var host = await ManualHost.StartAsync(x =>
        {
            x.UsingInMemory();
            x.AddRider(rider =>
            {
                rider.AddConsumer<LabelledConsumer>();
                rider.AddProducer<string, ParcelLabelled>(topic);
                rider.UsingKafka((context, k) =>
                {
                    k.Host(kafka.BootstrapServers);
                    k.TopicEndpoint<string, ParcelLabelled>(topic, topic, e => e.ConfigureConsumer<LabelledConsumer>(context));
                });
            });
        });
        var (bus, health) = (host.Services.GetRequiredService<IBusControl>(), host.Services.GetRequiredService<HealthCheckService>());

        await Eventually.True(IsHealthyAsync); // started is not yet given its partitions
        await bus.StopAsync();
        (await health.CheckHealthAsync()).Status.Should().NotBe(HealthStatus.Healthy);
        await bus.StartAsync();
        await host.ProduceAsync("k", new ParcelLabelled(Guid.Empty, "again"));

        await Eventually.True(() => Task.FromResult(host.Heard.Of<ParcelLabelled>().Count == 1));
        await Eventually.True(IsHealthyAsync);

        async Task<bool> IsHealthyAsync() => (await health.CheckHealthAsync()).Status == HealthStatus.Healthy;
    }

    [Fact]
    public async Task A_topic_that_does_not_exist_degrades_the_health_until_it_does()
    {
        using var broker = new FaultyKafka("other");
        await using var host = await ManualHost.StartAsync(
            x =>
            {
                x.UsingInMemory();
                x.AddRider(rider =>
                {
                    rider.AddConsumer<LabelledConsumer>();
                    rider.AddProducer<string, ParcelLabelled>("late");
                    rider.UsingKafka((context, k) =>
                    {
                        k.Host(broker.BootstrapServers);
                        k.TopicMetadataRefreshInterval = TimeSpan.FromMilliseconds(500);
                        // Asking for the topic must not make it.
                        k.TopicEndpoint<string, ParcelLabelled>("late", new ConsumerConfig { GroupId = "late", AllowAutoCreateTopics = false }, e => e.ConfigureConsumer<LabelledConsumer>(context));
                    });
                });
            },
            waitUntilStarted: false);
        var health = host.Services.GetRequiredService<HealthCheckService>();

        await Eventually.Get(
            async () => (await health.CheckHealthAsync()).Entries.Select(entry => $"{entry.Value.Status}: {entry.Value.Description} {string.Join("; ", entry.Value.Data.Values)}"),
            seen => seen.Single().StartsWith("Degraded", StringComparison.Ordinal) && seen.Single().Contains("waits for its topic", StringComparison.Ordinal));
        broker.CreateTopic("late", 1);

        await Eventually.Get(async () => (await health.CheckHealthAsync()).Status, status => status == HealthStatus.Healthy);
        await host.ProduceAsync("k", new ParcelLabelled(Guid.Empty, "x"));
        await Eventually.True(() => host.Heard.Of<ParcelLabelled>().Count == 1);
    }

    [Fact]
    public async Task Every_setting_of_the_host_compiles_as_the_manual_has_it()
    {
        // Nobody answers at that address: what counts is that the client accepts what it is told.
        await using var host = await ManualHost.StartAsync(
            x =>
            {
                x.UsingInMemory();
                x.AddRider(rider => rider.UsingKafka((_, k) =>
                {
                    k.ClientId = "scales";
                    k.Acks = Acks.All;
                    k.MaxInFlight = 5;
                    k.MessageMaxBytes = 1_000_000;
                    k.TopicMetadataRefreshInterval = TimeSpan.FromSeconds(30);
                    k.MetadataMaxAge = TimeSpan.FromMinutes(15);
                    k.BrokerAddressFamily = BrokerAddressFamily.V4;
                    k.ReconnectBackoff = TimeSpan.FromMilliseconds(50);
                    k.ReconnectBackoffMax = TimeSpan.FromSeconds(5);
                    k.StatisticsInterval = TimeSpan.FromSeconds(1);
                    k.ClientRack = "a";
                    k.ConfigureApi(api => api.RequestTimeout = TimeSpan.FromSeconds(10));
                    k.ConfigureSocket(socket =>
                    {
                        socket.Timeout = TimeSpan.FromSeconds(60);
                        socket.KeepaliveEnable = true;
                    });
                    k.OAuthBearerTokenRefreshHandler((client, _) => client.OAuthBearerSetTokenFailure("no token here"));
                    k.Host(["127.0.0.1:1"], h =>
                    {
                        h.UseSasl(sasl =>
                        {
                            sasl.Mechanism = SaslMechanism.ScramSha512;
                            sasl.SecurityProtocol = SecurityProtocol.SaslSsl;
                            sasl.Username = "scales";
                            sasl.Password = "not a secret";
                        });
                        h.UseSsl(ssl =>
                        {
                            ssl.EnableCertificateVerification = true;
                            ssl.EndpointIdentificationAlgorithm = SslEndpointIdentificationAlgorithm.Https;
                        });
                        h.CancellationDelay(TimeSpan.FromMilliseconds(50));
                    });
                }));
            });

        host.Services.GetRequiredService<IKafkaRider>().Should().NotBeNull();
        var again = () => ManualHost.StartAsync(x =>
        {
            x.UsingInMemory();
            x.AddRider(rider => rider.UsingKafka((_, k) =>
            {
                k.Host("one:9092");
                k.Host("two:9092");
            }));
        });
        (await again.Should().ThrowAsync<Exception>()).Which.ToString().Should().Contain("configured already");
    }
}
