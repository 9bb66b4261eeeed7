using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Todo.Workers.Storage;

namespace Todo.Workers.Recurrence;

internal sealed class RecurrenceStateMap : SagaClassMap<RecurrenceState>
{
    protected override void Configure(EntityTypeBuilder<RecurrenceState> entity, ModelBuilder model)
    {
        entity.ToTable("recurrences", "sagas");
        entity.Property(saga => saga.CorrelationId).HasColumnName("series_id");
        entity.Property(saga => saga.CurrentState).HasColumnName("state").HasMaxLength(20);
        entity.Property(saga => saga.Rule).HasMaxLength(500);
        entity.Property(saga => saga.Mode).HasConversion<string>().HasMaxLength(20);
        entity.Property(saga => saga.TimeZone).HasMaxLength(64);
        entity.Property(saga => saga.Live).HasJson();
        entity.Property(saga => saga.Previous).HasJson();
        entity.Property(saga => saga.EndedBecause).HasMaxLength(200);
        entity.HasIndex(saga => saga.OwnerId);
    }
}
