using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Todo.Workers.Ledger;

internal sealed class ReminderEntryMap : IEntityTypeConfiguration<ReminderEntry>
{
    public void Configure(EntityTypeBuilder<ReminderEntry> entity)
    {
        entity.ToTable("reminder_ledger", "audit");
        entity.HasKey(entry => new { entry.TaskId, entry.ReminderId, entry.ExpectedAt });
        entity.Property(entry => entry.CancelledBecause).HasMaxLength(100);
        entity.HasIndex(entry => entry.ExpectedAt).HasFilter("fired_at is null and cancelled_at is null");
        entity.HasIndex(entry => new { entry.OwnerId, entry.ExpectedAt });
    }
}
