namespace Todo.Bus.DeadLetters;

/// <summary>A message that a consumer gave up on, as stored in <c>bus.dead_letters</c>: its bytes, where it stood, and why.</summary>
/// <param name="Topic">The topic it came from.</param>
/// <param name="Consumer">The consumer group that gave up.</param>
/// <param name="Partition">Its partition on that topic.</param>
/// <param name="Offset">Its offset in that partition; with topic and partition it names the record.</param>
/// <param name="Key">The record key as received.</param>
/// <param name="Value">The record value as received.</param>
/// <param name="Headers">The record headers as a JSON object of text values.</param>
/// <param name="MessageId">The event's id, where it could be read.</param>
/// <param name="MessageType">The event's type, where it could be read.</param>
/// <param name="Reason">A short code for the kind of failure, such as <c>unreadable</c> or <c>handler</c>.</param>
/// <param name="Error">The failure in a sentence.</param>
/// <param name="Stack">Where it happened; null when nothing was thrown.</param>
/// <param name="Attempts">How often it was tried this time.</param>
public sealed record DeadLetterRow(
    string Topic,
    string Consumer,
    int Partition,
    long Offset,
    byte[]? Key,
    byte[]? Value,
    string Headers,
    Guid? MessageId,
    string? MessageType,
    string Reason,
    string Error,
    string? Stack,
    int Attempts);
