using System.Net.Mime;
using Confluent.Kafka;

namespace MassTransit.KafkaIntegration.Serializers;

/// <summary>Makes the serializers of all producers and typed topic endpoints that are not given their own.</summary>
public interface IKafkaSerializerFactory
{
    /// <summary>What is written as the header <c>Content-Type</c>.</summary>
    ContentType ContentType { get; }

    /// <summary>Reads keys or values of a type.</summary>
    IDeserializer<T> GetDeserializer<T>();

    /// <summary>Writes keys or values of a type.</summary>
    IAsyncSerializer<T> GetSerializer<T>();
}
