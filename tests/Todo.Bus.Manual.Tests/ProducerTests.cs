using System.Text;
using Confluent.Kafka;
using MassTransit;
using MassTransit.KafkaIntegration;
using MassTransit.KafkaIntegration.Serializers;
using Microsoft.Extensions.DependencyInjection;
using Todo.Testing;

namespace Todo.Bus.Manual.Tests;

public sealed class ProducerTests(KafkaFixture kafka) : IClassFixture<KafkaFixture>
{
    private Outsider Outsider => new(kafka.BootstrapServers);

    [Fact]
    public async Task All_six_forms_of_AddProducer_reach_their_topics()
    {
        var topics = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => kafka.CreateTopicAsync(partitions: 1)));
        await using var host = await ManualHost.StartAsync(x =>
        {
            x.UsingInMemory();
            x.AddRider(rider =>
            {
                rider.AddProducer<ParcelLabelled>(topics[0], (_, producer) => producer.Linger = TimeSpan.FromMilliseconds(1));
                rider.AddProducer<IParcelScanned>(topics[1], new ProducerConfig { CompressionType = CompressionType.Gzip });
                rider.AddProducer<string, ParcelLabelled>(topics[2]);
                rider.AddProducer<string, IParcelScanned>(topics[3], new ProducerConfig { LingerMs = 0 }, (_, producer) => producer.SetKeySerializer(Serializers.Utf8));
                rider.AddProducer<Guid, ParcelWeighed>(topics[4], context => context.Message.ParcelId);
                rider.AddProducer<long, ParcelWeighed>(topics[5], new ProducerConfig { ClientId = "scales" }, context => context.Message.Grams);
                rider.UsingKafka((_, k) => k.Host(kafka.BootstrapServers));
            });
        });
        var id = Guid.NewGuid();

        await host.InScopeAsync(async scope =>
        {
            await scope.GetRequiredService<ITopicProducer<ParcelLabelled>>().Produce(new ParcelLabelled(id, "0"));
            await scope.GetRequiredService<ITopicProducer<IParcelScanned>>().Produce(new { ParcelId = id, Place = "1" });
            await scope.GetRequiredService<ITopicProducer<string, ParcelLabelled>>().Produce("two", new ParcelLabelled(id, "2"));
            await scope.GetRequiredService<ITopicProducer<string, IParcelScanned>>().Produce("three", new { ParcelId = id, Place = "3" });
            await scope.GetRequiredService<ITopicProducer<ParcelWeighed>>().Produce(new ParcelWeighed { ParcelId = id, Grams = 4 });
            await scope.GetRequiredService<ITopicProducer<long, ParcelWeighed>>().Produce(5, new { ParcelId = id, Grams = 5 });
        });

        var records = topics.Select(Outsider.ReadOne).ToList();
        records.Select(record => record.Message.Key is { } key ? Encoding.UTF8.GetString(key) : null).Should().Equal(null, null, "two", "three", id.ToString(), "5");
        Encoding.UTF8.GetString(records[1].Message.Value).Should().Contain("\"place\":\"1\"").And.Contain("\"specversion\":\"1.0\"");
        Encoding.UTF8.GetString(records[5].Message.Value).Should().Contain("\"grams\":5");
    }

    [Fact]
    public async Task A_pipe_sets_headers_key_and_partition_and_an_initializer_sets_headers_too()
    {
        var topic = await kafka.CreateTopicAsync(partitions: 3);
        await using var host = await ManualHost.StartAsync(x =>
        {
            x.UsingInMemory();
            x.AddRider(rider =>
            {
                rider.AddProducer<string, IParcelScanned>(topic);
                rider.UsingKafka((_, k) => k.Host([kafka.BootstrapServers]));
            });
        });
        var messageId = NewId.NextGuid();

        await host.InScopeAsync(scope => scope.GetRequiredService<ITopicProducer<string, IParcelScanned>>().Produce(
            "first",
            new { ParcelId = messageId, Place = "gate", __Header_Shift = "night" },
            Pipe.Execute<KafkaSendContext<string, IParcelScanned>>(context =>
            {
                context.Key = "second";
                context.Partition = 2;
                context.MessageId = messageId;
                context.Headers.Set("Scanner", new { Number = 7 });
            })));

        var record = Outsider.ReadOne(topic);
        record.Partition.Value.Should().Be(2);
        Encoding.UTF8.GetString(record.Message.Key).Should().Be("second");
        Encoding.UTF8.GetString(record.Message.Value).Should().Contain($"\"id\":\"{messageId}\"");
        Header(record, "Shift").Should().Be("night");
        Header(record, "Scanner").Should().Contain("7");
    }

    [Fact]
    public async Task Serializers_of_a_producer_or_of_one_message_write_the_bytes()
    {
        var topic = await kafka.CreateTopicAsync(partitions: 1);
        var other = await kafka.CreateTopicAsync(partitions: 1);
        await using var host = await ManualHost.StartAsync(x =>
        {
            x.UsingInMemory();
            x.AddRider(rider =>
            {
                rider.AddProducer<int, ParcelLabelled>(topic, (_, producer) =>
                {
                    producer.SetKeySerializer(Serializers.Int32);
                    producer.SetValueSerializer(new MassTransitJsonSerializer<ParcelLabelled>());
                    producer.SetHeadersSerializer(DictionaryHeadersSerialize.Serializer);
                });
                rider.AddProducer<int, ParcelWeighed>(other);
                rider.UsingKafka((_, k) => k.Host(kafka.BootstrapServers));
            });
        });

        await host.ProduceAsync(258, new ParcelLabelled(Guid.Empty, "plain"));
        await host.InScopeAsync(scope => scope.GetRequiredService<ITopicProducer<int, ParcelWeighed>>().Produce(
            1, new ParcelWeighed { Grams = 3 }, Pipe.Execute<KafkaSendContext<int, ParcelWeighed>>(context =>
            {
                context.KeySerializer = Serializers.Int32.AsAsyncOverSync();
                context.ValueSerializer = new MassTransitAsyncJsonSerializer<ParcelWeighed>();
            })));

        var record = Outsider.ReadOne(topic);
        record.Message.Key.Should().Equal(0, 0, 1, 2);
        Encoding.UTF8.GetString(record.Message.Value).Should().Contain("\"parcelId\"").And.NotContain("specversion");
        Guid.TryParse(Header(record, "MessageId"), out _).Should().BeTrue();
        Header(record, "DestinationAddress").Should().Be($"loopback://localhost/kafka/{topic}");
        var second = Outsider.ReadOne(other);
        second.Message.Key.Should().Equal(0, 0, 0, 1);
        Encoding.UTF8.GetString(second.Message.Value).Should().Contain("\"grams\": 3").And.NotContain("specversion");
        Header(second, "MT-MessageType").Should().Contain("ParcelWeighed");
    }

    [Fact]
    public async Task The_provider_finds_producers_for_topics_nobody_registered()
    {
        var topic = await kafka.CreateTopicAsync(partitions: 1);
        await using var host = await ManualHost.StartAsync(x =>
        {
            x.UsingInMemory();
            x.AddRider(rider => rider.UsingKafka((_, k) => k.Host(kafka.BootstrapServers)));
        });
        var address = new Uri($"topic:{topic}");

        await host.InScopeAsync(async scope =>
        {
            var provider = scope.GetRequiredService<ITopicProducerProvider>();
            await provider.GetProducer<ParcelLabelled>(address).Produce(new ParcelLabelled(Guid.Empty, "keyless"));
            await provider.GetProducer<string, ParcelLabelled>(address, context => context.Message.Label).Produce(new ParcelLabelled(Guid.Empty, "resolved"));
            await provider.GetProducer<string, ParcelLabelled>(address).Produce("told", new ParcelLabelled(Guid.Empty, "told"));
            await scope.GetRequiredService<IKafkaRider>().GetProducer<string, ParcelLabelled>(address).Produce("rider", new ParcelLabelled(Guid.Empty, "rider"));
        });

        Outsider.ReadOne(topic).Message.Key.Should().BeNull();
        ((Uri)new KafkaTopicAddress(new Uri("loopback://localhost/"), topic)).Should().Be(new Uri($"loopback://localhost/kafka/{topic}"));
        new KafkaTopicAddress(new Uri("loopback://localhost/"), address).Topic.Should().Be(topic);
    }

    [Fact]
    public async Task Send_filters_see_the_scope_and_observers_of_bus_rider_and_producer_hear_of_it()
    {
        var topic = await kafka.CreateTopicAsync(partitions: 1);
        var (onRider, onProducer, onBus) = (new Listener(), new Listener(), new Listener());
        await using var host = await ManualHost.StartAsync(
            x =>
            {
                x.UsingInMemory();
                x.AddRider(rider =>
                {
                    rider.AddProducer<string, ParcelLabelled>(topic, (context, producer) =>
                    {
                        producer.UseSendFilter(typeof(StampFilter<>), context);
                        producer.ConnectSendObserver(onProducer);
                    });
                    rider.UsingKafka((context, k) =>
                    {
                        k.Host(kafka.BootstrapServers);
                        k.UseSendFilter(typeof(TenantFilter<>), context);
                        k.ConnectSendObserver(onRider);
                    });
                });
            },
            services => services.AddScoped<Tenant>());
        host.Services.GetRequiredService<IBus>().ConnectSendObserver(onBus);

        await host.InScopeAsync(async scope =>
        {
            scope.GetRequiredService<Tenant>().Name = "acme";
            await scope.GetRequiredService<ITopicProducer<string, ParcelLabelled>>().Produce("key", new ParcelLabelled(Guid.Empty, "x"));
        });

        var record = Outsider.ReadOne(topic);
        Header(record, "Tenant").Should().Be("acme");
        Header(record, "Stamp").Should().Be("key");
        new[] { onBus, onRider, onProducer }.Should().AllSatisfy(listener => listener.Sent.Should().Be(1));
    }

    [Fact]
    public async Task A_producer_that_asks_for_a_Kafka_transaction_is_refused_at_start()
    {
        var start = () => ManualHost.StartAsync(x =>
        {
            x.UsingInMemory();
            x.AddRider(rider =>
            {
                rider.AddProducer<string, ParcelLabelled>("parcels", (_, producer) => producer.TransactionalId = "mine");
                rider.UsingKafka((_, k) => k.Host(kafka.BootstrapServers));
            });
        });

        (await start.Should().ThrowAsync<Exception>()).Which.ToString().Should().Contain("outbox");
    }

    private static string? Header(ConsumeResult<byte[], byte[]> record, string name) =>
        record.Message.Headers.TryGetLastBytes(name, out var bytes) ? Encoding.UTF8.GetString(bytes) : null;

    public sealed class Tenant
    {
        public string Name { get; set; } = "nobody";
    }

    public sealed class TenantFilter<T>(Tenant tenant) : IFilter<SendContext<T>>
        where T : class
    {
        public Task Send(SendContext<T> context, IPipe<SendContext<T>> next)
        {
            context.Headers.Set("Tenant", tenant.Name);
            return next.Send(context);
        }

        public void Probe(ProbeContext context)
        {
        }
    }

    public sealed class StampFilter<T> : IFilter<SendContext<T>>
        where T : class
    {
        public Task Send(SendContext<T> context, IPipe<SendContext<T>> next)
        {
            if (context.TryGetPayload(out KafkaSendContext<string, T>? kafka))
                context.Headers.Set("Stamp", kafka.Key);
            return next.Send(context);
        }

        public void Probe(ProbeContext context)
        {
        }
    }

    public sealed class Listener : ISendObserver
    {
        public int Sent { get; private set; }

        public Task PreSend<T>(SendContext<T> context)
            where T : class => Task.CompletedTask;

        public Task PostSend<T>(SendContext<T> context)
            where T : class
        {
            Sent++;
            return Task.CompletedTask;
        }

        public Task SendFault<T>(SendContext<T> context, Exception exception)
            where T : class => Task.CompletedTask;
    }
}
