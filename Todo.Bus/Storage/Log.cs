using Microsoft.Extensions.Logging;

namespace Todo.Bus.Storage;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "The database does not answer yet, trying again: {Reason}")]
    public static partial void WaitingForDatabase(this ILogger logger, string reason);

    [LoggerMessage(LogLevel.Warning, "What is past its time could not be forgotten now; it will be later")]
    public static partial void NotForgotten(this ILogger logger, Exception failure);

    [LoggerMessage(LogLevel.Warning, "The backlog could not be looked at; its gauges stand still")]
    public static partial void NotLooked(this ILogger logger, Exception failure);
}
