using System.Net.Mime;
using Confluent.Kafka;
using MassTransit.Serialization;

namespace MassTransit.KafkaIntegration.Serializers;

/// <summary>The wire format of MassTransit.Kafka: primitives in Kafka's own binary form, everything else plain JSON, with headers beside it.</summary>
/// <remarks>Without it we write CloudEvents and text keys; our endpoints read both.</remarks>
public class DefaultKafkaSerializerFactory : IKafkaSerializerFactory
{
    private static readonly Dictionary<Type, (object Serializer, object Deserializer)> Primitives = new()
    {
        [typeof(Null)] = (Confluent.Kafka.Serializers.Null, Deserializers.Null),
        [typeof(int)] = (Confluent.Kafka.Serializers.Int32, Deserializers.Int32),
        [typeof(long)] = (Confluent.Kafka.Serializers.Int64, Deserializers.Int64),
        [typeof(string)] = (Confluent.Kafka.Serializers.Utf8, Deserializers.Utf8),
        [typeof(float)] = (Confluent.Kafka.Serializers.Single, Deserializers.Single),
        [typeof(double)] = (Confluent.Kafka.Serializers.Double, Deserializers.Double),
        [typeof(byte[])] = (Confluent.Kafka.Serializers.ByteArray, Deserializers.ByteArray),
    };

    /// <inheritdoc />
    public ContentType ContentType => SystemTextJsonMessageSerializer.JsonContentType;

    /// <inheritdoc />
    public IDeserializer<T> GetDeserializer<T>() =>
        typeof(T) == typeof(Ignore) ? (IDeserializer<T>)Deserializers.Ignore
        : Primitives.TryGetValue(typeof(T), out var known) ? (IDeserializer<T>)known.Deserializer
        : new MassTransitJsonDeserializer<T>();

    /// <inheritdoc />
    public IAsyncSerializer<T> GetSerializer<T>() =>
        Primitives.TryGetValue(typeof(T), out var known) ? ((ISerializer<T>)known.Serializer).AsAsyncOverSync() : new MassTransitAsyncJsonSerializer<T>();
}
