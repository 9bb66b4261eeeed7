using System.Text.Json;
using Confluent.Kafka;
using MassTransit.Serialization;

namespace MassTransit.KafkaIntegration.Serializers;

/// <summary>Writes plain JSON as MassTransit does.</summary>
public class MassTransitJsonSerializer<T> : ISerializer<T>
{
    /// <inheritdoc />
    public byte[] Serialize(T data, SerializationContext context) => JsonSerializer.SerializeToUtf8Bytes(data, SystemTextJsonMessageSerializer.Options);
}

/// <summary>Writes plain JSON as MassTransit does.</summary>
public class MassTransitAsyncJsonSerializer<T> : IAsyncSerializer<T>
{
    /// <inheritdoc />
    public Task<byte[]> SerializeAsync(T data, SerializationContext context) =>
        Task.FromResult(JsonSerializer.SerializeToUtf8Bytes(data, SystemTextJsonMessageSerializer.Options));
}

/// <summary>Reads plain JSON as MassTransit does, message interfaces included. A record without a value reads as null.</summary>
public class MassTransitJsonDeserializer<T> : IDeserializer<T>
{
    /// <inheritdoc />
    public T Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context) =>
        isNull ? default! : JsonSerializer.Deserialize<T>(data, SystemTextJsonMessageSerializer.Options)!;
}
