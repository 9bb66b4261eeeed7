using System.Text.Json;

namespace Todo.Contracts.Audit;

/// <summary>One fact or command as it was recorded, unchanged since.</summary>
public sealed record AuditEntryView
{
    /// <summary>Its place in the audit.</summary>
    public required long AuditId { get; init; }

    /// <summary>The message's id on the wire.</summary>
    public required Guid MessageId { get; init; }

    /// <summary>Its CloudEvents type, for example <c>todo.task.created.v1</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The task it is about, where there is one.</summary>
    public Guid? TaskId { get; init; }

    /// <summary>Whose task it is.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>Who caused it.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>When it became true.</summary>
    public DateTimeOffset OccurredAt { get; init; }

    /// <summary>When the audit wrote it down.</summary>
    public DateTimeOffset RecordedAt { get; init; }

    /// <summary>What ties together everything that one request caused.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The topic it was read from.</summary>
    public string? Topic { get; init; }

    /// <summary>The message itself.</summary>
    public JsonElement Payload { get; init; }
}
