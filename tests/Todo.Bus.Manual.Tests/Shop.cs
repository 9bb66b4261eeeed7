using MassTransit;
using MassTransit.EntityFrameworkCoreIntegration;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Todo.Bus.Manual.Tests;

public record ParcelWeighed
{
    public Guid ParcelId { get; init; }

    public int Grams { get; init; }
}

/// <summary>A message that is an interface, as many of the manual's are.</summary>
public interface IParcelScanned
{
    Guid ParcelId { get; }

    string Place { get; }
}

public record ParcelLabelled(Guid ParcelId, string Label);

/// <summary>Keeps what it hears in memory, for tests to look at.</summary>
public sealed class Heard
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<ConsumeContext> _all = new();

    public IReadOnlyList<ConsumeContext<T>> Of<T>()
        where T : class => [.. _all.OfType<ConsumeContext<T>>()];

    public void Add(ConsumeContext context) => _all.Enqueue(context);
}

public sealed class WeighedConsumer(Heard heard) : IConsumer<ParcelWeighed>
{
    public Task Consume(ConsumeContext<ParcelWeighed> context)
    {
        heard.Add(context);
        return context.Message.Grams < 0 ? throw new InvalidOperationException("nothing weighs less than nothing") : Task.CompletedTask;
    }
}

public sealed class ScannedConsumer(Heard heard) : IConsumer<IParcelScanned>
{
    public Task Consume(ConsumeContext<IParcelScanned> context)
    {
        heard.Add(context);
        return Task.CompletedTask;
    }
}

public sealed class LabelledConsumer(Heard heard) : IConsumer<ParcelLabelled>
{
    public Task Consume(ConsumeContext<ParcelLabelled> context)
    {
        heard.Add(context);
        return Task.CompletedTask;
    }
}

public sealed class Parcel : SagaStateMachineInstance
{
    public Guid CorrelationId { get; set; }

    public string CurrentState { get; set; } = "";

    public string? Label { get; set; }

    public int Grams { get; set; }

    public uint Version { get; set; }
}

public sealed class ParcelMap : SagaClassMap<Parcel>
{
    protected override void Configure(EntityTypeBuilder<Parcel> entity, ModelBuilder model)
    {
        entity.ToTable("parcels");
        entity.Property(parcel => parcel.CurrentState).HasMaxLength(40);
        entity.Property(parcel => parcel.Label).HasMaxLength(40);
        entity.Property(parcel => parcel.Version).IsRowVersion();
    }
}

public sealed class ParcelsContext(DbContextOptions<ParcelsContext> options) : SagaDbContext(options)
{
    protected override IEnumerable<ISagaClassMap> Configurations
    {
        get { yield return new ParcelMap(); }
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.AddInboxStateEntity();
        modelBuilder.AddOutboxStateEntity();
        modelBuilder.AddOutboxMessageEntity();
    }
}
