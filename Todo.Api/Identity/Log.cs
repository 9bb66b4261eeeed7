namespace Todo.Api.Identity;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "User {UserId} signed in")]
    public static partial void SignedIn(this ILogger log, Guid userId);

    [LoggerMessage(LogLevel.Warning, "Sign-in of user {UserId} refused")]
    public static partial void SignInRefused(this ILogger log, Guid userId);

    [LoggerMessage(LogLevel.Warning, "A mail about an account did not go out and is tried again: {Reason}")]
    public static partial void ErrandPutOff(this ILogger log, string reason);

    [LoggerMessage(LogLevel.Error, "A mail about an account did not go out, after {Attempts} attempts: {Reason}")]
    public static partial void ErrandFailed(this ILogger log, int attempts, string reason);

    [LoggerMessage(LogLevel.Warning, "The demo user could not be made yet; trying again")]
    public static partial void DemoWaits(this ILogger log, Exception e);

    [LoggerMessage(LogLevel.Information, "The demo user is there, with sample tasks")]
    public static partial void DemoSeeded(this ILogger log);
}
