using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Todo.Workers.Notifications;

internal sealed class DeliveryMap : IEntityTypeConfiguration<Delivery>
{
    public void Configure(EntityTypeBuilder<Delivery> entity)
    {
        entity.ToTable("deliveries", "notify");
        entity.HasKey(delivery => delivery.DeliveryId);
        entity.Property(delivery => delivery.DeliveryId).ValueGeneratedNever();
        entity.Property(delivery => delivery.Channel).HasMaxLength(20);
        entity.Property(delivery => delivery.Kind).HasMaxLength(20);
        entity.Property(delivery => delivery.Title).HasMaxLength(600);
        entity.Property(delivery => delivery.State).HasConversion<string>().HasMaxLength(20);
        entity.Property(delivery => delivery.LastError).HasMaxLength(1000);
        entity.HasIndex(delivery => new { delivery.TaskId, delivery.ReminderId, delivery.ExpectedAt, delivery.UserId, delivery.Channel })
            .IsUnique();
        entity.HasIndex(delivery => delivery.NextAttemptAt).HasFilter("next_attempt_at is not null");
        entity.HasIndex(delivery => new { delivery.UserId, delivery.CreatedAt });
    }
}
