namespace Todo.Bus.DeadLetters;

/// <summary>A dead letter that somebody wants handled again, claimed for the consumer it failed in.</summary>
/// <param name="Id">The letter; pass it to <see cref="DeadLetterTable.MarkReplayed"/> in the transaction of the effect.</param>
/// <param name="Partition">Its partition on the topic it came from.</param>
/// <param name="Offset">Its offset in that partition.</param>
/// <param name="Key">The record key as received.</param>
/// <param name="Value">The record value as received.</param>
/// <param name="Headers">The record headers as a JSON object of text values.</param>
/// <param name="Topic">The topic it came from.</param>
internal sealed record ReplayRow(long Id, int Partition, long Offset, byte[]? Key, byte[]? Value, string Headers, string Topic);
