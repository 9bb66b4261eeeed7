namespace MassTransit;

/// <summary>Kafka could not be reached, or refused.</summary>
public sealed class KafkaConnectionException : ConnectionException
{
    /// <summary>Says what was tried and why it failed.</summary>
    public KafkaConnectionException(string message, Exception? inner = null)
        : base(message, inner!)
    {
    }
}
