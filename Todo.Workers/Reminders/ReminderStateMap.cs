using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Todo.Workers.Storage;

namespace Todo.Workers.Reminders;

internal sealed class ReminderStateMap : SagaClassMap<ReminderState>
{
    protected override void Configure(EntityTypeBuilder<ReminderState> entity, ModelBuilder model)
    {
        entity.ToTable("reminders", "sagas");
        entity.Property(saga => saga.CorrelationId).HasColumnName("task_id");
        entity.Property(saga => saga.CurrentState).HasColumnName("state").HasMaxLength(20);
        entity.Property(saga => saga.Title).HasMaxLength(500);
        entity.Property(saga => saga.Plan).HasJson();
        entity.HasIndex(saga => saga.OwnerId);
        entity.HasIndex(saga => saga.TimerAt).HasFilter("timer_at is not null");
        entity.HasIndex(saga => saga.UpdatedAt).HasFilter("state = 'Closed'");
    }
}
