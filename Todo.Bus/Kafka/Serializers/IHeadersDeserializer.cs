using MassTransit.Transports;

namespace MassTransit.KafkaIntegration.Serializers;

/// <summary>Reads record headers.</summary>
public interface IHeadersDeserializer
{
    /// <summary>The headers of one record by name.</summary>
    IHeaderProvider Deserialize(Confluent.Kafka.Headers headers);
}
