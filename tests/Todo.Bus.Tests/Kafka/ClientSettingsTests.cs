using Confluent.Kafka;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Todo.Bus.Kafka;

namespace Todo.Bus.Tests.Kafka;

public sealed class ClientSettingsTests
{
    /// <summary>Every setting of every configurator reaches the client, each by an option of its own.</summary>
    [Theory]
    [InlineData(typeof(IKafkaSaslConfigurator), typeof(SaslSettings), "sasl.password")]
    [InlineData(typeof(IKafkaSslConfigurator), typeof(SslSettings), "ssl.key.password")]
    [InlineData(typeof(IKafkaApiConfigurator), typeof(ApiSettings), "api.version.request")]
    [InlineData(typeof(IKafkaSocketConfigurator), typeof(SocketSettings), "socket.timeout.ms")]
    [InlineData(typeof(IKafkaFetchConfigurator), typeof(FetchSettings), "fetch.wait.max.ms")]
    public void Every_setting_becomes_an_option_of_the_client(Type contract, Type settings, string one)
    {
        var config = new ConsumerConfig();

        foreach (var property in contract.GetProperties())
        {
            var fresh = new ConsumerConfig();
            property.SetValue(Activator.CreateInstance(settings, fresh), Some(property.PropertyType, property.Name));

            fresh.Should().ContainSingle($"{property.Name} sets one option");
            config.Set(fresh.Single().Key, fresh.Single().Value);
        }

        config.Select(option => option.Key).Should().Contain(one);
    }

    [Fact]
    public void Sasl_and_ssl_together_are_sasl_over_ssl_in_either_order()
    {
        foreach (var order in new[] { 0, 1 })
        {
            var config = new ClientConfig();
            var host = new HostSettings(config);
            if (order == 0)
                host.UseSsl(_ => { });
            host.UseSasl(sasl => sasl.Username = "me");
            if (order == 1)
                host.UseSsl(_ => { });

            config.SecurityProtocol.Should().Be(SecurityProtocol.SaslSsl);
        }
    }

    [Fact]
    public void A_group_has_options_of_its_own_in_the_configuration_and_the_endpoint_has_the_last_word()
    {
        var settings = Endpoint(
            new ConsumerConfig { FetchMinBytes = 7 },
            ("Kafka:FetchWaitMaxMs", "10"), ("Kafka:Groups:audit:FetchWaitMaxMs", "200"), ("Kafka:Groups:audit:FetchMinBytes", "5"), ("Kafka:Groups:other:FetchWaitMaxMs", "1"));

        var config = settings.ConfigOf(0);
        (config.FetchWaitMaxMs, config.FetchMinBytes, config.GroupId).Should().Be((200, 7, "audit"));
    }

    [Fact]
    public void By_the_consumer_protocol_what_the_broker_decides_is_left_to_it()
    {
        var own = new ConsumerConfig { SessionTimeoutMs = 9_000, HeartbeatIntervalMs = 900, PartitionAssignmentStrategy = PartitionAssignmentStrategy.Range, GroupProtocolType = "consumer" };

        Endpoint(own).ConfigOf(0).SessionTimeoutMs.Should().Be(9_000);
        var config = Endpoint(own, ("Kafka:GroupProtocol", "Consumer")).ConfigOf(0);

        new ConsumerBuilder<byte[], byte[]>(config).Build().Dispose(); // the client would refuse them
        (config.SessionTimeoutMs, config.HeartbeatIntervalMs, config.PartitionAssignmentStrategy).Should().Be((null, null, null));
    }

    private static TopicEndpointSettings Endpoint(ConsumerConfig own, params (string Key, string Value)[] configuration)
    {
        var services = new ServiceCollection().AddSingleton<IConfiguration>(
            new ConfigurationBuilder().AddInMemoryCollection(configuration.ToDictionary(pair => pair.Key, pair => (string?)pair.Value)).Build());
        return TopicEndpointSettings.Create(
            services.BuildServiceProvider(), new EndpointDefaults(new ClientConfig { BootstrapServers = "127.0.0.1:1" }, null, null, null), "task-events", "audit", "audit", own);
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(Acks.All, 5, true)]
    [InlineData(Acks.Leader, null, false)]
    [InlineData(null, 10, false)]
    public void A_producer_is_idempotent_unless_the_settings_forbid_it(Acks? acks, int? inFlight, bool expected)
    {
        var common = new ClientConfig { BootstrapServers = "127.0.0.1:1", Acks = acks, MaxInFlight = inFlight };

        ClientChoice.Options(common, null).EnableIdempotence.Should().Be(expected);
    }

    [Fact]
    public void A_topics_own_options_count_before_the_riders_and_the_riders_before_ours()
    {
        var common = new ClientConfig { BootstrapServers = "127.0.0.1:1", ClientId = "rider", Acks = Acks.All };

        var options = ClientChoice.Options(common, new ProducerConfig { ClientId = "topic", LingerMs = 7 });

        (options.ClientId, options.LingerMs, options.Acks, options.CompressionType).Should().Be(("topic", 7d, Acks.All, CompressionType.Lz4));
    }

    private static object Some(Type type, string name)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain == typeof(string) ? name + Guid.NewGuid()
            : plain == typeof(bool) ? Random.Shared.Next() < 0
            : plain == typeof(TimeSpan) ? TimeSpan.FromMilliseconds(Random.Shared.Next(1, 1_000_000))
            : plain.IsEnum ? Enum.GetValues(plain).GetValue(0)!
            : Random.Shared.Next(1, 1_000_000);
    }
}
