namespace Todo.Api.Identity;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "User {UserId} signed in")]
    public static partial void SignedIn(this ILogger log, Guid userId);

    [LoggerMessage(LogLevel.Warning, "Sign-in of user {UserId} refused; locked out: {LockedOut}")]
    public static partial void SignInRefused(this ILogger log, Guid userId, bool lockedOut);

    [LoggerMessage(LogLevel.Information, "The demo user is there, with sample tasks")]
    public static partial void DemoSeeded(this ILogger log);
}
