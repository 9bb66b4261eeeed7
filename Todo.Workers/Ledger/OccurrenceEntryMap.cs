using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Todo.Workers.Ledger;

internal sealed class OccurrenceEntryMap : IEntityTypeConfiguration<OccurrenceEntry>
{
    public void Configure(EntityTypeBuilder<OccurrenceEntry> entity)
    {
        entity.ToTable("recurrence_ledger", "audit");
        entity.HasKey(entry => new { entry.SeriesId, entry.Occurrence });
        entity.Property(entry => entry.DueZone).HasMaxLength(64);
        entity.Property(entry => entry.Rule).HasMaxLength(500);
        entity.Property(entry => entry.Outcome).HasMaxLength(20);
        entity.HasIndex(entry => entry.TaskId);
    }
}
