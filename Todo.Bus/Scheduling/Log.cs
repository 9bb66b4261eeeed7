using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Todo.Bus.Scheduling;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Error, "The timer releaser was interrupted and goes on in {Pause}")]
    public static partial void ReleaserInterrupted(this ILogger logger, Exception failure, TimeSpan pause);

    [LoggerMessage(LogLevel.Warning, "Kafka did not answer for {Count} due timers within {Patience}; they are kept")]
    public static partial void KafkaSilent(this ILogger logger, int count, TimeSpan patience);

    [LoggerMessage(LogLevel.Error, "Kafka refuses timer {Token} for {Topic} for good: {Code}, {Reason}. It is set aside; see ops.outbox")]
    public static partial void TimerRefused(this ILogger logger, Guid token, string topic, ErrorCode code, string reason);

    [LoggerMessage(LogLevel.Warning, "Topic {Topic} takes no timers at the moment ({Code}, {Reason}); they wait")]
    public static partial void TopicHeld(this ILogger logger, string topic, ErrorCode code, string reason);
}
