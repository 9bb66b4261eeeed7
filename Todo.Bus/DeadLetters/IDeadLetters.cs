namespace Todo.Bus.DeadLetters;

/// <summary>What people can do about messages that could not be handled. Everything done is kept with its actor.</summary>
public interface IDeadLetters
{
    /// <summary>Letters that fit, the newest first; <paramref name="before"/> is the last id of the page before.</summary>
    Task<IReadOnlyList<DeadLetter>> ListAsync(DeadLetterFilter filter, long? before, int limit, CancellationToken ct);

    /// <summary>One letter with all that is known; null when there is none of this id.</summary>
    Task<DeadLetterDetails?> ShowAsync(long id, CancellationToken ct);

    /// <summary>Sends the letters that fit, and that wait or were discarded, back to the consumers they failed in, and to no other. Returns how many.</summary>
    /// <remarks>The consumer takes them up within seconds, beside its other messages. One that fails again waits again, with its count.</remarks>
    Task<int> ReplayAsync(DeadLetterFilter filter, string actor, string? note, CancellationToken ct);

    /// <summary>Gives up the letters that fit and are not settled, for the reason given. Returns how many.</summary>
    Task<int> DiscardAsync(DeadLetterFilter filter, string actor, string note, CancellationToken ct);
}
