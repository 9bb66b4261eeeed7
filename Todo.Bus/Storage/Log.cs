using Microsoft.Extensions.Logging;

namespace Todo.Bus.Storage;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "The database does not answer yet, trying again: {Reason}")]
    public static partial void WaitingForDatabase(this ILogger logger, string reason);
}
