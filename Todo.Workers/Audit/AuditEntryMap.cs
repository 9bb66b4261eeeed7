using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Todo.Workers.Audit;

internal sealed class AuditEntryMap : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entity)
    {
        entity.ToTable("entries", "audit");
        entity.HasKey(entry => entry.AuditId);
        entity.Property(entry => entry.AuditId).UseIdentityAlwaysColumn();
        entity.Property(entry => entry.Type).HasMaxLength(100);
        entity.Property(entry => entry.CorrelationId).HasMaxLength(100);
        entity.Property(entry => entry.Topic).HasMaxLength(100);
        entity.Property(entry => entry.Payload).HasColumnType("jsonb");
        entity.HasIndex(entry => entry.MessageId).IsUnique();
        entity.HasIndex(entry => new { entry.TaskId, entry.AuditId });
        entity.HasIndex(entry => new { entry.OwnerId, entry.AuditId, entry.OccurredAt, entry.Type }); // time and type are judged within the index
        entity.HasIndex(entry => new { entry.Type, entry.AuditId }); // for operators
        entity.HasIndex(entry => entry.CorrelationId).HasFilter("correlation_id is not null");
        entity.HasIndex(entry => entry.OccurredAt).HasMethod("brin");
        entity.HasIndex(entry => entry.RecordedAt).HasFilter("type = 'todo.user.deleted.v1'"); // for those who left
    }
}
