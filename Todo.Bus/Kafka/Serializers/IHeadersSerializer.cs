namespace MassTransit.KafkaIntegration.Serializers;

/// <summary>Writes what a message says about itself into record headers.</summary>
public interface IHeadersSerializer
{
    /// <summary>The headers of one record.</summary>
    Confluent.Kafka.Headers Serialize(SendContext context);
}
