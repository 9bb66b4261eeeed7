using Confluent.Kafka;
using MassTransit;
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
