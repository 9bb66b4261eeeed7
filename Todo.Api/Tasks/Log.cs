namespace Todo.Api.Tasks;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Occurrence {TaskId} of series {SeriesId} left alone: {Reason}")]
    public static partial void OccurrenceIgnored(this ILogger log, Guid taskId, Guid seriesId, string reason);

    [LoggerMessage(LogLevel.Warning, "{Count} tasks could not be written together; each is written alone")]
    public static partial void GroupFailed(this ILogger log, Exception failure, int count);
}
