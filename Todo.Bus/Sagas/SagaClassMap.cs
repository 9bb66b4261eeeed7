using MassTransit.EntityFrameworkCoreIntegration;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace MassTransit
{
    /// <summary>Maps one saga type. Apply it in OnModelCreating; the key is the correlation id, made by the saga, never by the database.</summary>
    public abstract class SagaClassMap<TSaga> : ISagaClassMap<TSaga>
        where TSaga : class, ISaga
    {
        /// <summary>The type this map is for.</summary>
        public Type SagaType => typeof(TSaga);

        /// <summary>Adds the saga to the model.</summary>
        public virtual void Configure(ModelBuilder model)
        {
            var entity = model.Entity<TSaga>();
            ConfigureCorrelationIdKey(entity);
            Configure(entity, model);
        }

        /// <summary>Table, lengths, conversions, indexes.</summary>
        protected virtual void Configure(EntityTypeBuilder<TSaga> entity, ModelBuilder model)
        {
        }

        /// <summary>The key.</summary>
        protected virtual void ConfigureCorrelationIdKey(EntityTypeBuilder<TSaga> entity)
        {
            entity.HasKey(saga => saga.CorrelationId);
            entity.Property(saga => saga.CorrelationId).ValueGeneratedNever();
        }
    }
}

namespace MassTransit.EntityFrameworkCoreIntegration
{
    /// <summary>Maps one saga type.</summary>
    public interface ISagaClassMap
    {
        /// <summary>The type this map is for.</summary>
        Type SagaType { get; }

        /// <summary>Adds the saga to the model.</summary>
        void Configure(ModelBuilder model);
    }

    /// <summary>Maps one saga type.</summary>
    public interface ISagaClassMap<TSaga> : ISagaClassMap
        where TSaga : class, ISaga;

    /// <summary>A context whose model is the maps it names.</summary>
    public abstract class SagaDbContext(DbContextOptions options) : DbContext(options)
    {
        /// <summary>The maps.</summary>
        protected abstract IEnumerable<ISagaClassMap> Configurations { get; }

        /// <inheritdoc />
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            foreach (var map in Configurations)
                map.Configure(modelBuilder);
        }
    }
}
