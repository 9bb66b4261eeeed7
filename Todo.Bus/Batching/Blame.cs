using Npgsql;
using Todo.Bus.Sagas;

namespace Todo.Bus.Batching;

/// <summary>Tells whose a failure is: the message's or the database's. (Another instance that was faster is <see cref="SagaRaceException.IsIn"/>.)</summary>
internal static class Blame
{
    /// <summary>What was written does not fit: one message of those in hand did that, and will again.</summary>
    public static bool IsMessages(Exception exception) =>
        exception is InvalidCastException or ArgumentException or OverflowException or SagaRaceException
        || (exception is PostgresException { IsTransient: false } postgres && !IsDatabases(postgres));

    public static PostgresException? PostgresIn(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is PostgresException found)
                return found;
        }

        return null;
    }

    /// <summary>The part of a handler's failure that says the database is away or in trouble, so that no message is to blame.</summary>
    public static Exception? DatabaseIn(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            // A statement of the handler that takes too long, or gives up on a lock, is the handler's own.
            if (exception is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.ObjectInUse } or NpgsqlException { InnerException: TimeoutException })
                return null;
            if (exception is NpgsqlException { IsTransient: true } || (exception is PostgresException postgres && IsDatabases(postgres)))
                return exception;
        }

        return null;
    }

    /// <summary>Going down, read-only after a failover, full, refusing us: true for every message alike.</summary>
    private static bool IsDatabases(PostgresException exception) => exception.SqlState is
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or
        PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.InvalidCatalogName or
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification
        || exception.SqlState.StartsWith("08", StringComparison.Ordinal)
        || exception.SqlState.StartsWith("53", StringComparison.Ordinal)
        || exception.SqlState.StartsWith("58", StringComparison.Ordinal);
}
