namespace Todo.Bus.DeadLetters;

/// <summary>A dead letter as people look at it.</summary>
/// <param name="Id">Names the letter.</param>
/// <param name="State"><c>waiting</c>, <c>replaying</c>, <c>replayed</c> or <c>discarded</c>.</param>
/// <param name="Topic">The topic it came from.</param>
/// <param name="Consumer">The consumer group that gave up.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="Offset">Its offset.</param>
/// <param name="Key">The record key as text; hex where it is none.</param>
/// <param name="MessageType">The event's type, where it could be read.</param>
/// <param name="MessageId">The event's id, where it could be read.</param>
/// <param name="Reason">A short code for the kind of failure.</param>
/// <param name="Error">The failure in a sentence.</param>
/// <param name="Attempts">How often it was tried, replays included.</param>
/// <param name="Replays">How often it was sent back.</param>
/// <param name="FailedAt">When it failed last.</param>
public sealed record DeadLetter(
    long Id,
    string State,
    string Topic,
    string Consumer,
    int Partition,
    long Offset,
    string? Key,
    string? MessageType,
    Guid? MessageId,
    string Reason,
    string Error,
    int Attempts,
    int Replays,
    DateTimeOffset FailedAt);

/// <summary>A dead letter with everything that is known about it.</summary>
/// <param name="Letter">The letter.</param>
/// <param name="Stack">Where in the code it failed.</param>
/// <param name="Headers">The record headers as JSON.</param>
/// <param name="Value">The record value as text; hex where it is none.</param>
/// <param name="Actions">What people did about it, oldest first.</param>
public sealed record DeadLetterDetails(
    DeadLetter Letter,
    string? Stack,
    string Headers,
    string? Value,
    IReadOnlyList<DeadLetterAction> Actions);

/// <summary>What somebody did about a dead letter.</summary>
/// <param name="Action"><c>replay</c> or <c>discard</c>.</param>
/// <param name="Actor">Who.</param>
/// <param name="Note">Why.</param>
/// <param name="At">When.</param>
public sealed record DeadLetterAction(string Action, string Actor, string? Note, DateTimeOffset At);
