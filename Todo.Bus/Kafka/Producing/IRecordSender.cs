using Confluent.Kafka;

namespace Todo.Bus.Kafka;

/// <summary>Puts finished records on Kafka without waiting for each. One idempotent producer for the whole process.</summary>
/// <remarks>Records of one key keep the order in which they were sent. The callback runs on the client's thread: it must be short and never throw.</remarks>
public interface IRecordSender
{
    /// <summary>Hands a record over; <paramref name="done"/> gets null once every in-sync replica has it, else the error.</summary>
    void Send(string topic, int? partition, byte[]? key, byte[]? value, Headers headers, Action<Error?> done);

    /// <summary>Waits for everything handed over so far.</summary>
    void Flush(TimeSpan timeout);
}
