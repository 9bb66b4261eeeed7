namespace Todo.Workers.Notifications;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "Delivery {DeliveryId} by {Channel} failed for good after {Attempts} attempts: {Error}")]
    public static partial void DeliveryFailed(this ILogger log, Guid deliveryId, string channel, int attempts, string error);

    [LoggerMessage(LogLevel.Information, "Delivery {DeliveryId} by {Channel} failed, attempt {Attempts}, and is tried again: {Error}")]
    public static partial void DeliveryPutOff(this ILogger log, Guid deliveryId, string channel, int attempts, string error);

    [LoggerMessage(LogLevel.Error, "{Count} deliveries by {Channel} were left where they were; they are tried again when their lease runs out")]
    public static partial void DeliveriesLeft(this ILogger log, int count, string channel, Exception trouble);

    [LoggerMessage(LogLevel.Error, "The sender could not look for deliveries; it goes on in a second")]
    public static partial void SenderInTrouble(this ILogger log, Exception trouble);
}
