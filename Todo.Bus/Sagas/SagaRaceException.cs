using Npgsql;

namespace Todo.Bus.Sagas;

/// <summary>Another instance wrote the same saga first. The batch is handled again and finds its row.</summary>
public sealed class SagaRaceException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>True for this and for what Postgres calls a serialization failure or a deadlock, however deep: the same thing done again will work.</summary>
    internal static bool IsIn(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is SagaRaceException or PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected })
                return true;
        }

        return false;
    }
}
