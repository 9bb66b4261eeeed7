using Microsoft.Extensions.Logging;

namespace Todo.Bus.Batching;

internal static partial class BatchingLog
{
    [LoggerMessage(LogLevel.Debug, "{Topic} for {Consumer}: another instance was at the same rows, running the batch again ({Reason})")]
    public static partial void Raced(ILogger logger, string topic, string consumer, string reason);

    [LoggerMessage(LogLevel.Warning, "{Topic} for {Consumer}: the database is not available, trying again in {Pause}")]
    public static partial void DatabaseAway(ILogger logger, Exception reason, string topic, string consumer, TimeSpan pause);

    [LoggerMessage(LogLevel.Warning, "{Topic}[{Partition}]@{Offset} failed for {Consumer}, attempt {Attempt}; its key waits {Pause}, others go on")]
    public static partial void Retrying(ILogger logger, Exception reason, string topic, int partition, long offset, string consumer, int attempt, TimeSpan pause);

    [LoggerMessage(LogLevel.Error, "{Topic}[{Partition}]@{Offset} became a dead letter of {Consumer} after {Attempts} attempts: {Why}")]
    public static partial void DeadLetter(ILogger logger, Exception reason, string topic, int partition, long offset, string consumer, int attempts, string why);

    [LoggerMessage(LogLevel.Critical, "{Topic} for {Consumer}: a lane stopped unexpectedly and is started again")]
    public static partial void LaneFailed(ILogger logger, Exception reason, string topic, string consumer);
}
