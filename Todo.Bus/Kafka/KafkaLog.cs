using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Todo.Bus.Kafka;

internal static partial class KafkaLog
{
    [LoggerMessage(LogLevel.Information, "{Topic} for {Group}: {Added} partitions assigned, {Owned} owned")]
    public static partial void Assigned(ILogger logger, string topic, string group, int added, int owned);

    [LoggerMessage(LogLevel.Information, "{Topic} for {Group}: {Removed} partitions given away, {Owned} owned")]
    public static partial void Revoked(ILogger logger, string topic, string group, int removed, int owned);

    [LoggerMessage(LogLevel.Warning, "{Topic}: the Kafka client reported {Code}: {Reason}")]
    public static partial void ClientReported(ILogger logger, string topic, ErrorCode code, string reason);

    [LoggerMessage(LogLevel.Debug, "{Topic} for {Group} cannot be read at the moment: {Reason}")]
    public static partial void NotConsuming(ILogger logger, string topic, string group, string reason);

    [LoggerMessage(LogLevel.Error, "{Topic} for {Group}: the consumer broke and is built anew")]
    public static partial void ConsumerRebuilt(ILogger logger, Exception reason, string topic, string group);

    [LoggerMessage(LogLevel.Warning, "{Topic}: dead letters to replay could not be read")]
    public static partial void ReplaysNotRead(ILogger logger, Exception reason, string topic);
}
