namespace Todo.Api.Tasks;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Occurrence {TaskId} of series {SeriesId} left alone: {Reason}")]
    public static partial void OccurrenceIgnored(this ILogger log, Guid taskId, Guid seriesId, string reason);
}
