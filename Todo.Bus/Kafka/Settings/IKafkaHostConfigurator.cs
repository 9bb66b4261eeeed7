namespace MassTransit;

/// <summary>Configures the way into Kafka.</summary>
public interface IKafkaHostConfigurator
{
    /// <summary>Encrypts the connection.</summary>
    void UseSsl(Action<IKafkaSslConfigurator> configure);

    /// <summary>Authenticates with SASL.</summary>
    void UseSasl(Action<IKafkaSaslConfigurator> configure);

    /// <summary>The longest pause with which a client notices that it is cancelled: client option <c>cancellation.delay.max.ms</c>, 1 to 10,000 ms.</summary>
    void CancellationDelay(TimeSpan cancellationDelay);
}
