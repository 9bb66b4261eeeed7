using MassTransit;
using Todo.Contracts.Notifications;
using Todo.Contracts.Reminders;

namespace Todo.Workers.Notifications;

/// <summary>Turns a reminder whose moment came into one delivery per channel, once for ever.</summary>
internal sealed class DeliverReminderConsumer(NewDeliveries deliveries) : IConsumer<ReminderDue>
{
    public Task Consume(ConsumeContext<ReminderDue> context) => deliveries.AddAsync(
        context.Message.OwnerId, NotificationKinds.Reminder, (channel, now) => Delivery.Of(context.Message, channel, now), context.CancellationToken);
}
