using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Todo.Workers.Storage;

namespace Todo.Workers.Ledger;

internal sealed class WitnessedTaskMap : IEntityTypeConfiguration<WitnessedTask>
{
    public void Configure(EntityTypeBuilder<WitnessedTask> entity)
    {
        entity.ToTable("tasks", "audit");
        entity.HasKey(task => task.TaskId);
        entity.Property(task => task.TaskId).ValueGeneratedNever();
        entity.Property(task => task.Task).HasJson();
        entity.Property(task => task.Plan).HasJson();
        entity.HasIndex(task => task.OwnerId);
        entity.HasIndex(task => task.HeardAt);
    }
}
