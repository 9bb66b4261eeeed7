using System.Text;

namespace Todo.Bus.Outbox;

/// <summary>A row of the outbox as a relay reads it.</summary>
internal sealed record StoredRecord(long Id, short Lane, string Topic, int? Partition, byte[]? Key, byte[]? Value, byte[] Headers)
{
    public int Size => (Key?.Length ?? 0) + (Value?.Length ?? 0) + Headers.Length;

    /// <summary>The key for comparing; any bytes have a text in Latin-1.</summary>
    public string KeyText { get; } = Key is null ? "" : Encoding.Latin1.GetString(Key);
}
