using Todo.Bus.Envelope;

namespace MassTransit;

/// <summary>Ours: the event as it came, for a consumer that must see more than the message. Get it with <c>context.TryGetPayload(out IConsumedEvent found)</c>.</summary>
public interface IConsumedEvent
{
    /// <summary>What the event said about itself, with the exact bytes of its data.</summary>
    EventEnvelope Event { get; }
}
