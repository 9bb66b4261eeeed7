using MassTransit;
using Todo.Contracts.Notifications;
using Todo.Contracts.Users;

namespace Todo.Workers.Notifications;

/// <summary>"Send me a test": one by every channel the user chose, through the same rows and senders as a reminder.</summary>
internal sealed class DeliverTestConsumer(NewDeliveries deliveries) : IConsumer<TestNotificationRequested>
{
    public Task Consume(ConsumeContext<TestNotificationRequested> context) => deliveries.AddAsync(
        context.Message.UserId, NotificationKinds.Test, (channel, now) => Delivery.Of(context.Message, channel, now), context.CancellationToken);
}
