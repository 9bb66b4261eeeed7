using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Todo.Contracts.Notifications;

namespace Todo.Api.Notifications;

/// <summary>A row of the view ops.notifications, which Workers publish.</summary>
internal sealed class DeliveryRow
{
    public Guid DeliveryId { get; init; }
    public Guid UserId { get; init; }
    public string Channel { get; init; } = "";
    public string State { get; init; } = "";
    public Guid? TaskId { get; init; }
    public Guid? ReminderId { get; init; }
    public DateTimeOffset ExpectedAt { get; init; }
    public DateTimeOffset? DeliveredAt { get; init; }
    public int Attempts { get; init; }
    public DateTimeOffset? NextAttemptAt { get; init; }

    public DeliveryView ToView() => new()
    {
        DeliveryId = DeliveryId,
        ReminderId = ReminderId,
        Channel = Channel,
        State = State,
        ExpectedAt = ExpectedAt,
        DeliveredAt = DeliveredAt,
        Attempts = Attempts,
        NextAttemptAt = NextAttemptAt,
    };
}

internal sealed class DeliveryRowMap : IEntityTypeConfiguration<DeliveryRow>
{
    public void Configure(EntityTypeBuilder<DeliveryRow> delivery)
    {
        delivery.ToView("notifications", "ops");
        delivery.HasNoKey();
    }
}
