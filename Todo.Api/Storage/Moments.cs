namespace Todo.Api.Storage;

/// <summary>Time as Postgres keeps it: to the microsecond, so that what is answered equals what is read later.</summary>
internal static class Moments
{
    public static DateTimeOffset Now(this TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
