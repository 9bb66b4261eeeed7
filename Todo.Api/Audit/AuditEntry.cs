using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Todo.Api.Audit;

/// <summary>A row of the view ops.audit, which Workers publish.</summary>
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
    public string? Topic { get; init; }
    public string Payload { get; init; } = "{}";
}

internal sealed class AuditEntryMap : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entry)
    {
        entry.ToView("audit", "ops");
        entry.HasNoKey();
        entry.Property(e => e.Payload).HasColumnType("jsonb");
    }
}
