using Confluent.Kafka;

namespace Todo.Bus.Outbox;

/// <summary>Tells errors that will be the same next time from those that pass.</summary>
internal static class Refusals
{
    /// <summary>True when Kafka will never take this record as it is, so that a person has to look at it.</summary>
    /// <remarks>
    /// A missing topic or a missing right is not among them: an operator mends that, and the record then goes out by itself.
    /// A partition is missing for good only where the row asks for it; otherwise the client is just learning the topic anew.
    /// </remarks>
    public static bool IsFinal(Error error, int? partition) => (partition is not null && error.Code == ErrorCode.Local_UnknownPartition) || error.Code is
        ErrorCode.MsgSizeTooLarge or
        ErrorCode.RecordListTooLarge or
        ErrorCode.TopicException or
        ErrorCode.InvalidTimestamp or
        ErrorCode.InvalidRecord or
        ErrorCode.PolicyViolation or
        ErrorCode.UnsupportedForMessageFormat or
        ErrorCode.Local_InvalidArg or
        ErrorCode.Local_BadMsg;
}
