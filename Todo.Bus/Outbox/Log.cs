using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Todo.Bus.Outbox;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Error, "The outbox relay was interrupted and goes on in {Pause}")]
    public static partial void RelayInterrupted(this ILogger logger, Exception failure, TimeSpan pause);

    [LoggerMessage(LogLevel.Error, "Kafka refuses outbox record {Id} for {Topic}, key {Key}, for good: {Code}, {Reason}. It is set aside and its key stops; see ops.outbox")]
    public static partial void RecordRefused(this ILogger logger, long id, string topic, string key, ErrorCode code, string reason);

    [LoggerMessage(LogLevel.Warning, "Topic {Topic} takes no records at the moment ({Code}, {Reason}); its outbox records wait")]
    public static partial void TopicHeld(this ILogger logger, string topic, ErrorCode code, string reason);

    [LoggerMessage(LogLevel.Error, "Messages for the bus could not be handed over; trying again")]
    public static partial void BusNotServed(this ILogger logger, Exception failure);

    [LoggerMessage(LogLevel.Error, "The bus did not take message {MessageId} for {Destination}")]
    public static partial void BusRefused(this ILogger logger, Exception failure, Guid messageId, string destination);
}
