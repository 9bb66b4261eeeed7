namespace Todo.Bus.Scheduling;

/// <summary>Puts on Kafka every timer that is due. The releaser of each process calls it all the time; a scheduled job may call it as well.</summary>
/// <remarks>Callers exclude each other lane by lane, in one process or many, so that a timer is released once and in order.</remarks>
public interface ITimerRelease
{
    /// <summary>Releases until nothing is due any more that this process can have.</summary>
    Task<TimerDrain> DrainAsync(CancellationToken ct);
}

/// <summary>What a drain found.</summary>
/// <param name="Released">How many timers it put on Kafka.</param>
/// <param name="OldestOverdue">By how much the oldest timer was overdue, released or not; zero when none was due.</param>
/// <param name="OverdueLeft">How many are still there more than a second after their time: Kafka or another process holds them up.</param>
public sealed record TimerDrain(int Released, TimeSpan OldestOverdue, int OverdueLeft);
