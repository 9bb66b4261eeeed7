namespace Todo.Bus.Envelope;

/// <summary>A record that cannot be read, now or later; it goes to the dead letters at once.</summary>
public sealed class UnreadableRecordException(string reason, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>One word an integrator can look up: <c>not-json</c>, <c>not-utf8</c>, <c>too-deep</c>, <c>empty</c>, <c>not-an-event</c>, <c>no-type</c>, <c>bad-data</c>, <c>future-version</c>, <c>too-large</c>, <c>wrong-key</c>.</summary>
    public string Reason { get; } = reason;
}
