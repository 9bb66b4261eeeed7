namespace Todo.Workers.Audit;

/// <summary>One fact as it came.</summary>
internal sealed class AuditEntry
{
    public long AuditId { get; init; }

    public Guid MessageId { get; init; }

    public string Type { get; init; } = "";

    public Guid? TaskId { get; init; }

    public Guid? OwnerId { get; init; }

    public Guid? ActorId { get; init; }

    public DateTimeOffset OccurredAt { get; init; }

    public DateTimeOffset RecordedAt { get; init; }

    public string? CorrelationId { get; init; }

    public string Topic { get; init; } = "";

    public int Partition { get; init; }

    public long Offset { get; init; }

    public string Payload { get; init; } = "";
}
