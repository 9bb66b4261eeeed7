using System.Text;
using Confluent.Kafka;
using MassTransit;
using MassTransit.KafkaIntegration.Serializers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Todo.Testing;

namespace Todo.Bus.Manual.Tests;

public sealed class TopicEndpointTests(KafkaFixture kafka) : IClassFixture<KafkaFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private Outsider Outsider => new(kafka.BootstrapServers);

    [Fact]
    public async Task A_typed_endpoint_reads_plain_JSON_with_the_originals_headers_and_tells_where_it_came_from()
    {
        var topic = await kafka.CreateTopicAsync(partitions: 1);
        var group = KafkaFixture.UniqueName("group");
        await using var host = await ManualHost.StartAsync(x =>
        {
            x.UsingInMemory();
            x.AddRider(rider =>
            {
                rider.AddConsumer<ScannedConsumer>();
                rider.UsingKafka((context, k) =>
                {
                    k.Host(kafka.BootstrapServers);
                    k.TopicEndpoint<string, IParcelScanned>(topic, group, e =>
                    {
                        e.AutoOffsetReset = AutoOffsetReset.Earliest;
                        e.CheckpointInterval = TimeSpan.FromSeconds(1);
                        e.MessageLimit = 500;
                        e.CheckpointMessageCount = 100;
                        e.ConcurrentMessageLimit = 4;
                        e.PrefetchCount = 200;
                        e.SessionTimeout = TimeSpan.FromSeconds(10);
                        e.QueuedMinMessages = 1_000;
                        e.QueuedMaxMessagesKbytes = 1_024;
                        e.CheckCrcs = true;
                        e.EnablePartitionEof = true;
                        e.EnableAutoOffsetStore = true;
                        e.CoordinatorQueryInterval = TimeSpan.FromMinutes(10);
                        e.UseIsolationLevel(IsolationLevel.ReadCommitted);
                        e.ConfigureFetch(fetch =>
                        {
                            fetch.WaitMaxInterval = TimeSpan.FromMilliseconds(10);
                            fetch.MinBytes = 1;
                        });
                        e.UseMessageRetry(retry => retry.Immediate(2));
                        e.ConfigureConsumer<ScannedConsumer>(context);
                    });
                });
            });
        });
        var (id, correlation, initiator) = (NewId.NextGuid(), NewId.NextGuid(), NewId.NextGuid());

        await Outsider.WriteAsync(topic, "k1"u8.ToArray(), $$"""{"parcelId":"{{id}}","place":"dock"}""", new Confluent.Kafka.Headers
        {
            { "MessageId", Encoding.UTF8.GetBytes(id.ToString()) },
            { "CorrelationId", Encoding.UTF8.GetBytes(correlation.ToString()) },
            { "InitiatorId", Encoding.UTF8.GetBytes(initiator.ToString()) },
            { "SourceAddress", "loopback://elsewhere/"u8.ToArray() },
        });
        await Outsider.WriteAsync(topic, "k2"u8.ToArray(), $$"""{"parcelId":"{{id}}","place":"gate"}"""); // no header at all

        await Eventually.True(() => Task.FromResult(host.Heard.Of<IParcelScanned>().Count == 2));
        var first = host.Heard.Of<IParcelScanned>().Single(context => context.Message.Place == "dock");
        first.MessageId.Should().Be(id);
        first.CorrelationId.Should().Be(correlation);
        first.InitiatorId.Should().Be(initiator);
        first.SourceAddress.Should().Be(new Uri("loopback://elsewhere/"));
        first.DestinationAddress.Should().Be(new Uri($"loopback://localhost/kafka/{topic}"));
        first.GetKey<string>().Should().Be("k1");
        first.Partition().Should().Be(0);
        first.Offset().Should().Be(0);
        first.IsPartitionEof().Should().BeFalse();
        first.TryGetPayload(out KafkaConsumeContext<string>? record).Should().BeTrue();
        (record!.GroupId, record.Topic, record.Key).Should().Be((group, topic, "k1"));
        record.CheckpointUtcDateTime.Should().BeCloseTo(DateTime.UtcNow, TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Deserializers_of_the_endpoint_read_keys_values_and_headers_and_poison_is_passed_by()
    {
        var topic = await kafka.CreateTopicAsync(partitions: 1);
        await using var host = await ManualHost.StartAsync(x =>
        {
            x.UsingInMemory();
            x.AddRider(rider =>
            {
                rider.AddConsumer<LabelledConsumer>();
                rider.UsingKafka((context, k) =>
                {
                    k.Host(kafka.BootstrapServers);
                    k.SetHeadersDeserializer(DictionaryHeadersSerialize.Deserializer);
                    k.TopicEndpoint<int, ParcelLabelled>(topic, new ConsumerConfig { GroupId = topic, AutoOffsetReset = AutoOffsetReset.Earliest }, e =>
                    {
                        e.SetKeyDeserializer(Deserializers.Int32);
                        e.SetValueDeserializer(new SemicolonDeserializer());
                        e.SetHeadersDeserializer(DictionaryHeadersSerialize.Deserializer);
                        e.ConfigureConsumer<LabelledConsumer>(context);
                    });
                });
            });
        });
        var id = Guid.NewGuid();

        await Outsider.WriteAsync(topic, [0, 0, 1, 2], "no semicolon");
        await Outsider.WriteAsync(topic, [0, 0, 1, 2], null); // a tombstone
        await Outsider.WriteAsync(topic, [0, 0, 1, 2], $"{id};fragile", new Confluent.Kafka.Headers { { "Shift", "night"u8.ToArray() } });

        await Eventually.True(() => Task.FromResult(host.Heard.Of<ParcelLabelled>().Count == 1));
        var heard = host.Heard.Of<ParcelLabelled>().Single();
        heard.Message.Should().Be(new ParcelLabelled(id, "fragile"));
        heard.GetKey<int>().Should().Be(258);
        heard.Headers.Get<string>("Shift").Should().Be("night");
    }

    [Fact]
    public async Task The_originals_wire_format_goes_out_and_comes_in_with_its_serializer_factory()
    {
        var topic = await kafka.CreateTopicAsync(partitions: 1);
        await using var host = await ManualHost.StartAsync(x =>
        {
            x.UsingInMemory();
            x.AddRider(rider =>
            {
                rider.AddConsumer<WeighedConsumer>();
                rider.AddProducer<long, ParcelWeighed>(topic);
                rider.UsingKafka((context, k) =>
                {
                    k.Host(kafka.BootstrapServers);
                    k.SetSerializationFactory(new DefaultKafkaSerializerFactory());
                    k.SetHeadersSerializer(DictionaryHeadersSerialize.Serializer);
                    k.TopicEndpoint<long, ParcelWeighed>(topic, topic, e => e.ConfigureConsumer<WeighedConsumer>(context));
                });
            });
        });

        await host.ProduceAsync(513L, new ParcelWeighed { Grams = 9 });

        await Eventually.True(() => Task.FromResult(host.Heard.Of<ParcelWeighed>().Count == 1));
        host.Heard.Of<ParcelWeighed>().Single().GetKey<long>().Should().Be(513);
        Outsider.ReadOne(topic).Message.Key.Should().Equal(0, 0, 0, 0, 0, 0, 2, 1);
    }

    [Fact]
    public async Task A_pattern_reads_every_topic_it_matches_and_two_groups_read_the_same()
    {
        var one = await kafka.CreateTopicAsync("wild-1", partitions: 1);
        var two = await kafka.CreateTopicAsync("wild-2", partitions: 1);
        var end = one[one.IndexOf('.', StringComparison.Ordinal)..one.LastIndexOf('-')];
        await using var host = await ManualHost.StartAsync(x =>
        {
            x.UsingInMemory();
            x.AddRider(rider =>
            {
                rider.AddConsumer<LabelledConsumer>();
                rider.AddProducer<string, ParcelLabelled>(one);
                rider.UsingKafka((context, k) =>
                {
                    k.Host(kafka.BootstrapServers);
                    k.TopicEndpoint<ParcelLabelled>($"^wild-[0-9]+{end.Replace(".", "\\.", StringComparison.Ordinal)}.*", $"pattern-{one}", e => e.ConfigureConsumer<LabelledConsumer>(context));
                    k.TopicEndpoint<ParcelLabelled>(one, $"other-{one}", e => e.ConfigureConsumer<LabelledConsumer>(context));
                });
            });
        });

        await host.ProduceAsync("a", new ParcelLabelled(Guid.Empty, "one"));
        await host.InScopeAsync(scope => scope.GetRequiredService<ITopicProducerProvider>().GetProducer<string, ParcelLabelled>(new Uri($"topic:{two}")).Produce("b", new ParcelLabelled(Guid.Empty, "two")));

        await Eventually.True(() => Task.FromResult(host.Heard.Of<ParcelLabelled>().Count == 3));
        var heard = host.Heard.Of<ParcelLabelled>().Select(context => (context.Message.Label, context.ReceiveContext.InputAddress.Segments[^1])).ToList();
        heard.Should().BeEquivalentTo([("one", one), ("one", one), ("two", two)]);
    }

    [Fact]
    public async Task A_topic_is_connected_stopped_and_connected_again_while_the_bus_runs()
    {
        var topic = await kafka.CreateTopicAsync(partitions: 1);
        await using var host = await ManualHost.StartAsync(x =>
        {
            x.UsingInMemory();
            x.AddRider(rider =>
            {
                rider.AddConsumer<LabelledConsumer>();
                rider.AddProducer<string, ParcelLabelled>(topic);
                rider.UsingKafka((_, k) => k.Host(kafka.BootstrapServers));
            });
        });
        var rider = host.Services.GetRequiredService<IKafkaRider>();

        var first = rider.ConnectTopicEndpoint<ParcelLabelled>(topic, "late", (context, e) => e.ConfigureConsumer<LabelledConsumer>(context));
        await first.Ready.WaitAsync(Patience);
        await host.ProduceAsync("k", new ParcelLabelled(Guid.Empty, "one"));
        await Eventually.True(() => Task.FromResult(host.Heard.Of<ParcelLabelled>().Count == 1));
        await first.StopAsync().WaitAsync(Patience);
        var second = rider.ConnectTopicEndpoint<string, ParcelLabelled>(topic, new ConsumerConfig { GroupId = "late" }, (context, e) =>
        {
            e.Offset = 0;
            e.ConfigureConsumer<LabelledConsumer>(context);
        });
        await second.Ready.WaitAsync(Patience);

        // Without a database nothing is remembered, so reading from the beginning delivers again, as the original does.
        await Eventually.True(() => Task.FromResult(host.Heard.Of<ParcelLabelled>().Count == 2));
        await second.StopAsync().WaitAsync(Patience);
    }

    [Fact]
    public async Task Batches_are_collected_and_several_consumers_share_the_partitions()
    {
        var topic = await kafka.CreateTopicAsync(partitions: 4);
        await using var host = await ManualHost.StartAsync(x =>
        {
            x.UsingInMemory();
            x.AddRider(rider =>
            {
                rider.AddConsumer<BatchConsumer>(consumer => consumer.Options<BatchOptions>(options => options.SetMessageLimit(10).SetTimeLimit(TimeSpan.FromMilliseconds(200))));
                rider.AddProducer<int, ParcelWeighed>(topic);
                rider.UsingKafka((context, k) =>
                {
                    k.Host(kafka.BootstrapServers);
                    k.TopicEndpoint<int, ParcelWeighed>(topic, topic, e =>
                    {
                        e.ConcurrentConsumerLimit = 2;
                        e.ConcurrentDeliveryLimit = 10;
                        e.ConcurrentMessageLimit = 1;
                        e.ConfigureConsumer<BatchConsumer>(context);
                    });
                });
            });
        });

        for (var grams = 0; grams < 60; grams++)
            await host.ProduceAsync(grams, new ParcelWeighed { Grams = grams });

        await Eventually.True(() => Task.FromResult(host.Heard.Of<Batch<ParcelWeighed>>().Sum(batch => batch.Message.Length) == 60));
        host.Heard.Of<Batch<ParcelWeighed>>().SelectMany(batch => batch.Message).Select(context => context.Message.Grams).Should().BeEquivalentTo(Enumerable.Range(0, 60));
    }

    [Fact]
    public async Task A_missing_topic_is_asked_for_and_one_that_is_there_is_left_alone()
    {
        var there = await kafka.CreateTopicAsync(partitions: 1);
        var missing = KafkaFixture.UniqueName("missing");
        var offsets = 0;
        await using var host = await ManualHost.StartAsync(x =>
        {
            x.UsingInMemory();
            x.AddRider(rider =>
            {
                rider.AddConsumer<LabelledConsumer>();
                rider.AddProducer<string, ParcelLabelled>(there);
                rider.UsingKafka((context, k) =>
                {
                    k.Host(kafka.BootstrapServers);
                    k.TopicEndpoint<Null, ParcelLabelled>(there, there, e =>
                    {
                        e.SetOffsetsCommittedHandler(_ => Interlocked.Increment(ref offsets));
                        e.CreateIfMissing();
                        e.ConfigureConsumer<LabelledConsumer>(context);
                    });
                    // The consumer itself must not make it by asking.
                    k.TopicEndpoint<Null, ParcelLabelled>(missing, new ConsumerConfig { GroupId = there, AllowAutoCreateTopics = false }, e =>
                    {
                        e.CreateIfMissing(topic =>
                        {
                            topic.NumPartitions = 2;
                            topic.ReplicationFactor = 1;
                            topic.RequestTimeout = TimeSpan.FromSeconds(2);
                        });
                        e.ConfigureConsumer<LabelledConsumer>(context);
                    });
                });
            });
        });

        await host.ProduceAsync("k", new ParcelLabelled(Guid.Empty, "x"));

        // Both are there in the end: one was, the other was created.
        var health = host.Services.GetRequiredService<HealthCheckService>();
        await Eventually.True(async () => (await health.CheckHealthAsync()).Status == HealthStatus.Healthy);
        await Eventually.True(() => Task.FromResult(Volatile.Read(ref offsets) > 0));
    }

    public sealed class BatchConsumer(Heard heard) : IConsumer<Batch<ParcelWeighed>>
    {
        public Task Consume(ConsumeContext<Batch<ParcelWeighed>> context)
        {
            heard.Add(context);
            return Task.CompletedTask;
        }
    }

    private sealed class SemicolonDeserializer : IDeserializer<ParcelLabelled>
    {
        public ParcelLabelled Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context)
        {
            var parts = Encoding.UTF8.GetString(data).Split(';');
            return new ParcelLabelled(Guid.Parse(parts[0]), parts[1]);
        }
    }
}
