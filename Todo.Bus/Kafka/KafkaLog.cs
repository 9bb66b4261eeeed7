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

    [LoggerMessage(LogLevel.Information, "{Topic} was not there and has been created with {Partitions} partitions")]
    public static partial void TopicCreated(ILogger logger, string topic, int partitions);

    [LoggerMessage(LogLevel.Warning, "{Topic} could not be created: {Reason}. It is waited for")]
    public static partial void TopicNotCreated(ILogger logger, string topic, string reason);

    [LoggerMessage(LogLevel.Debug, "The topics of the test could not be deleted: {Reason}")]
    public static partial void TopicsNotDeleted(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Warning, "{Topic} for {Group} is read without a database: effects may come twice, and what fails is logged and passed by. AddTodoBus or AddEntityFrameworkOutbox bring one")]
    public static partial void NoDatabase(ILogger logger, string topic, string group);
}
