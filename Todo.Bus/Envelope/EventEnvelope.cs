using System.Security.Cryptography;
using System.Text;

namespace Todo.Bus.Envelope;

/// <summary>What an event says about itself; the body is still bytes.</summary>
public readonly record struct EventEnvelope
{
    /// <summary>What happened; null where the writer left it to the topic.</summary>
    public string? Type { get; init; }

    /// <summary>The writer's id for this event.</summary>
    public string? Id { get; init; }

    /// <summary>Who wrote it; with <see cref="Id"/> it names the event for ever.</summary>
    public string? Source { get; init; }

    /// <summary>What it is about.</summary>
    public string? Subject { get; init; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The W3C trace it belongs to.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The conversation it belongs to.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The event that caused it.</summary>
    public string? CausationId { get; init; }

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The id as a Guid: the id itself where it is one, else derived from source and id; null where there is no id.</summary>
    public Guid? MessageId =>
        Id is null ? null
        : Guid.TryParse(Id, out var id) ? id
        : Derive($"{Source}\n{Id}");

    /// <summary>A Guid that is always the same for the same text (RFC 9562, version 8 of a SHA-256).</summary>
    public static Guid Derive(string text)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
