using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Todo.Benchmarks.Sagas;

// A saga with two transitions: made by the first message, finished by the second, each with one message to send.
public sealed record ParcelSent(Guid ParcelId, string Receiver, int Weight);

public sealed record ParcelArrived(Guid ParcelId, DateTimeOffset At);

public sealed record ParcelTracked(Guid ParcelId, string State, int Weight);

public sealed class ParcelState : SagaStateMachineInstance
{
    public Guid CorrelationId { get; set; }

    public string CurrentState { get; set; } = "";

    public string Receiver { get; set; } = "";

    public int Weight { get; set; }

    public DateTimeOffset? ArrivedAt { get; set; }
}

public sealed class ParcelStateMap : SagaClassMap<ParcelState>
{
    protected override void Configure(EntityTypeBuilder<ParcelState> entity, ModelBuilder model)
    {
        entity.ToTable("parcels", "bench");
        entity.Property(parcel => parcel.CorrelationId).HasColumnName("correlation_id");
        entity.Property(parcel => parcel.CurrentState).HasColumnName("current_state").HasMaxLength(40);
        entity.Property(parcel => parcel.Receiver).HasColumnName("receiver").HasMaxLength(200);
        entity.Property(parcel => parcel.Weight).HasColumnName("weight");
        entity.Property(parcel => parcel.ArrivedAt).HasColumnName("arrived_at");
    }
}

public sealed class ParcelsDbContext(DbContextOptions<ParcelsDbContext> options) : DbContext(options)
{
    public const string Schema = """
        create schema if not exists bench;
        create table bench.parcels (
            correlation_id uuid primary key, current_state varchar(40) not null, receiver varchar(200) not null, weight integer not null, arrived_at timestamptz);
        """;

    protected override void OnModelCreating(ModelBuilder modelBuilder) => new ParcelStateMap().Configure(modelBuilder);
}

public sealed class ParcelStateMachine : MassTransitStateMachine<ParcelState>
{
    public ParcelStateMachine()
    {
        InstanceState(parcel => parcel.CurrentState);
        Event(() => Sent, e => e.CorrelateById(context => context.Message.ParcelId));
        Event(() => Arrived, e =>
        {
            e.CorrelateById(context => context.Message.ParcelId);
            e.OnMissingInstance(missing => missing.Discard());
        });

        Initially(
            When(Sent)
                .Then(context => (context.Saga.Receiver, context.Saga.Weight) = (context.Message.Receiver, context.Message.Weight))
                .ThenAsync(context => Track(context, "travelling"))
                .TransitionTo(Travelling));
        During(Travelling,
            Ignore(Sent),
            When(Arrived)
                .Then(context => context.Saga.ArrivedAt = context.Message.At)
                .ThenAsync(context => Track(context, "arrived"))
                .TransitionTo(Done));
        During(Done, Ignore(Sent), Ignore(Arrived));
    }

    public State Travelling { get; private set; } = null!;

    public State Done { get; private set; } = null!;

    public Event<ParcelSent> Sent { get; private set; } = null!;

    public Event<ParcelArrived> Arrived { get; private set; } = null!;

    private static Task Track(BehaviorContext<ParcelState> context, string state) =>
        context.GetServiceOrCreateInstance<ITopicProducer<Guid, ParcelTracked>>()
            .Produce(context.Saga.CorrelationId, new ParcelTracked(context.Saga.CorrelationId, state, context.Saga.Weight));
}
