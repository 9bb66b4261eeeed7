using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Todo.Contracts.Notifications;

namespace Todo.Api.Notifications;

/// <summary>The Api's own copy of what was delivered to a user.</summary>
internal sealed class NotificationRow
{
    public required Guid NotificationId { get; init; }
    public required Guid UserId { get; init; }
    public required string Kind { get; init; }
    public Guid? TaskId { get; init; }
    public Guid? ReminderId { get; init; }
    public required string Title { get; init; }
    public DateTimeOffset ExpectedAt { get; init; }
    public DateTimeOffset DeliveredAt { get; init; }
    public bool Late { get; init; }
    public DateTimeOffset? DismissedAt { get; set; }

    public static NotificationRow From(NotificationView view) => new()
    {
        NotificationId = view.NotificationId,
        UserId = view.UserId,
        Kind = view.Kind,
        TaskId = view.TaskId,
        ReminderId = view.ReminderId,
        Title = view.Title,
        ExpectedAt = view.ExpectedAt.ToUniversalTime(),
        DeliveredAt = view.DeliveredAt.ToUniversalTime(),
        Late = view.Late,
    };

    public NotificationView ToView() => new()
    {
        NotificationId = NotificationId,
        UserId = UserId,
        Kind = Kind,
        TaskId = TaskId,
        ReminderId = ReminderId,
        Title = Title,
        ExpectedAt = ExpectedAt,
        DeliveredAt = DeliveredAt,
        Late = Late,
    };
}

internal sealed class NotificationRowMap : IEntityTypeConfiguration<NotificationRow>
{
    public void Configure(EntityTypeBuilder<NotificationRow> notification)
    {
        notification.ToTable("notifications");
        notification.HasKey(n => n.NotificationId);
        notification.Property(n => n.NotificationId).ValueGeneratedNever();
        notification.Property(n => n.Kind).HasMaxLength(40);
        notification.HasIndex(n => new { n.UserId, n.DeliveredAt, n.NotificationId }).IsDescending(false, true, true)
            .HasDatabaseName("ix_notifications_unread").HasFilter("dismissed_at IS NULL");
    }
}
