using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using System.Text.Json;

namespace Todo.Bus.Tests;

// A small domain of its own: the bus has never heard of a task.
public sealed record OrderPlaced(Guid OrderId, string Customer, int Number);

public sealed record OrderPaid(Guid OrderId, int Number);

public sealed record OrderShipped(Guid OrderId, int Number);

public sealed record OrderTimedOut(Guid OrderId);

public sealed record OrderClosed(Guid OrderId, string Customer, int Seen);

public sealed class OrderState : SagaStateMachineInstance
{
    public Guid CorrelationId { get; set; }

    public string CurrentState { get; set; } = "";

    public string Customer { get; set; } = "";

    public int Seen { get; set; }

    public List<int> Numbers { get; set; } = [];

    public DateTimeOffset? PaidAt { get; set; }

    public Guid? TimeoutToken { get; set; }
}

public sealed class OrderStateMap : SagaClassMap<OrderState>
{
    protected override void Configure(EntityTypeBuilder<OrderState> entity, ModelBuilder model)
    {
        entity.ToTable("orders", "shop");
        entity.Property(order => order.CorrelationId).HasColumnName("correlation_id");
        entity.Property(order => order.CurrentState).HasColumnName("current_state").HasMaxLength(40);
        entity.Property(order => order.Customer).HasColumnName("customer").HasMaxLength(50);
        entity.Property(order => order.Seen).HasColumnName("seen");
        entity.Property(order => order.Numbers).HasColumnName("numbers").HasColumnType("jsonb")
            .HasConversion(list => JsonSerializer.Serialize(list, JsonSerializerOptions.Default), text => JsonSerializer.Deserialize<List<int>>(text, JsonSerializerOptions.Default)!);
        entity.Property(order => order.PaidAt).HasColumnName("paid_at");
        entity.Property(order => order.TimeoutToken).HasColumnName("timeout_token");
    }
}

public sealed class Handled
{
    public long Id { get; init; }

    public Guid OrderId { get; init; }

    public int Number { get; init; }
}

public sealed class OrdersDbContext(DbContextOptions<OrdersDbContext> options) : DbContext(options)
{
    public const string Schema = """
        create schema if not exists shop;
        create table if not exists shop.orders (
            correlation_id uuid primary key, current_state varchar(40) not null, customer varchar(50) not null,
            seen integer not null, numbers jsonb not null, paid_at timestamptz, timeout_token uuid);
        create table if not exists shop.tallies (correlation_id uuid primary key, current_state varchar(40) not null, paid integer not null);
        create table if not exists shop.handled (id bigint generated always as identity primary key, order_id uuid not null, number integer not null);
        """;

    public DbSet<Handled> Handled => Set<Handled>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        new OrderStateMap().Configure(modelBuilder);
        new Sagas.TallyStateMap().Configure(modelBuilder);
        modelBuilder.Entity<Handled>(handled =>
        {
            handled.ToTable("handled", "shop");
            handled.Property(row => row.Id).HasColumnName("id").UseIdentityAlwaysColumn();
            handled.Property(row => row.OrderId).HasColumnName("order_id");
            handled.Property(row => row.Number).HasColumnName("number");
        });
    }
}

public sealed class OrderStateMachine : MassTransitStateMachine<OrderState>
{
    public OrderStateMachine()
    {
        InstanceState(order => order.CurrentState);
        Event(() => Placed, e => e.CorrelateById(context => context.Message.OrderId));
        Event(() => Paid, e =>
        {
            e.CorrelateById(context => context.Message.OrderId);
            e.OnMissingInstance(missing => missing.Discard());
        });
        Event(() => Shipped, e =>
        {
            e.CorrelateById(context => context.Message.OrderId);
            e.OnMissingInstance(missing => missing.Discard());
        });
        Schedule(() => Timeout, order => order.TimeoutToken, s => s.Received = e => e.CorrelateById(context => context.Message.OrderId));

        Initially(
            When(Placed)
                .Then(context =>
                {
                    if (context.Message.Customer == "thrower")
                        throw new InvalidOperationException("this customer always throws");
                    context.Saga.Customer = context.Message.Customer;
                    context.Saga.Seen++;
                    context.Saga.Numbers.Add(context.Message.Number);
                })
                .Schedule(Timeout, context => new OrderTimedOut(context.Saga.CorrelationId), _ => TimeSpan.FromHours(1))
                .TransitionTo(Open));
        During(Open,
            Ignore(Placed),
            When(Paid).Then(context =>
            {
                context.Saga.Seen++;
                context.Saga.Numbers.Add(context.Message.Number);
                context.Saga.PaidAt = DateTimeOffset.UnixEpoch.AddDays(context.Message.Number);
            }),
            When(Timeout.Received).TransitionTo(Expired),
            When(Shipped)
                .Unschedule(Timeout)
                .Then(context => context.Saga.Seen++)
                .ThenAsync(context => context.GetServiceOrCreateInstance<ITopicProducer<Guid, OrderClosed>>()
                    .Produce(context.Saga.CorrelationId, new OrderClosed(context.Saga.CorrelationId, context.Saga.Customer, context.Saga.Seen)))
                .TransitionTo(Closed));
        During(Closed, Ignore(Placed), Ignore(Paid), Ignore(Shipped));
        During(Expired, Ignore(Placed), Ignore(Paid), Ignore(Shipped));
    }

    public State Open { get; private set; } = null!;

    public State Closed { get; private set; } = null!;

    public State Expired { get; private set; } = null!;

    public Event<OrderPlaced> Placed { get; private set; } = null!;

    public Event<OrderPaid> Paid { get; private set; } = null!;

    public Event<OrderShipped> Shipped { get; private set; } = null!;

    public Schedule<OrderState, OrderTimedOut> Timeout { get; private set; } = null!;
}
