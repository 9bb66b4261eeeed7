using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Todo.Bus.Tests.Sagas;

/// <summary>A second saga that hears the same messages as the first.</summary>
public sealed class TallyState : SagaStateMachineInstance
{
    public Guid CorrelationId { get; set; }

    public string CurrentState { get; set; } = "";

    public int Paid { get; set; }
}

public sealed class TallyStateMap : SagaClassMap<TallyState>
{
    protected override void Configure(EntityTypeBuilder<TallyState> entity, ModelBuilder model)
    {
        entity.ToTable("tallies", "shop");
        entity.Property(tally => tally.CorrelationId).HasColumnName("correlation_id");
        entity.Property(tally => tally.CurrentState).HasColumnName("current_state").HasMaxLength(40);
        entity.Property(tally => tally.Paid).HasColumnName("paid");
    }
}

/// <summary>Counts payments; the 13th of an order always fails.</summary>
public sealed class TallyStateMachine : MassTransitStateMachine<TallyState>
{
    public TallyStateMachine()
    {
        InstanceState(tally => tally.CurrentState);
        Event(() => Paid, e => e.CorrelateById(context => context.Message.OrderId));

        Initially(When(Paid).Then(Count).TransitionTo(Counting));
        During(Counting, When(Paid).Then(Count));
    }

    public State Counting { get; private set; } = null!;

    public Event<OrderPaid> Paid { get; private set; } = null!;

    private static void Count(BehaviorContext<TallyState, OrderPaid> context)
    {
        context.Saga.Paid++;
        if (context.Message.Number == 13)
            throw new InvalidOperationException("thirteen");
    }
}
