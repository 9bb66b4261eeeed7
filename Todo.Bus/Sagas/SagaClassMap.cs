using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MassTransit;

/// <summary>Maps one saga type. Apply it in OnModelCreating; the key is the correlation id, made by the saga, never by the database.</summary>
public abstract class SagaClassMap<TSaga>
    where TSaga : class, ISaga
{
    /// <summary>The type this map is for.</summary>
    public Type SagaType => typeof(TSaga);

    /// <summary>Adds the saga to the model.</summary>
    public virtual void Configure(ModelBuilder model)
    {
        var entity = model.Entity<TSaga>();
        entity.HasKey(saga => saga.CorrelationId);
        entity.Property(saga => saga.CorrelationId).ValueGeneratedNever();
        Configure(entity, model);
    }

    /// <summary>Table, lengths, conversions, indexes.</summary>
    protected virtual void Configure(EntityTypeBuilder<TSaga> entity, ModelBuilder model)
    {
    }
}
