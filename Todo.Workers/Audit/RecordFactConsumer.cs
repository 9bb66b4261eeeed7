using System.Text;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Todo.Contracts;
using Todo.Contracts.Notifications;
using Todo.Contracts.Reminders;
using Todo.Contracts.Tasks;
using Todo.Contracts.Users;
using Todo.Workers.Storage;

namespace Todo.Workers.Audit;

/// <summary>Writes down every fact as it came, once per message. Nobody changes an entry but <see cref="ClosedAccounts"/>, and only the sweep removes any.</summary>
internal sealed class RecordFactConsumer(WorkersDbContext db, TimeProvider clock) :
    IConsumer<TaskCreated>, IConsumer<TaskUpdated>, IConsumer<TaskCompleted>, IConsumer<TaskReopened>, IConsumer<TaskArchived>,
    IConsumer<TaskDeleted>, IConsumer<TaskRestored>, IConsumer<OccurrenceSkipped>, IConsumer<ReminderSnoozed>,
    IConsumer<ReminderDue>, IConsumer<NotificationDelivered>, IConsumer<NotificationDismissed>, IConsumer<UserDeleted>
{
    public Task Consume(ConsumeContext<TaskCreated> context) => RecordAsync(context);

    public Task Consume(ConsumeContext<TaskUpdated> context) => RecordAsync(context);

    public Task Consume(ConsumeContext<TaskCompleted> context) => RecordAsync(context);

    public Task Consume(ConsumeContext<TaskReopened> context) => RecordAsync(context);

    public Task Consume(ConsumeContext<TaskArchived> context) => RecordAsync(context);

    public Task Consume(ConsumeContext<TaskDeleted> context) => RecordAsync(context);

    public Task Consume(ConsumeContext<TaskRestored> context) => RecordAsync(context);

    public Task Consume(ConsumeContext<OccurrenceSkipped> context) => RecordAsync(context);

    public Task Consume(ConsumeContext<ReminderSnoozed> context) =>
        RecordAsync(context, context.Message.TaskId, context.Message.OwnerId, context.Message.ActorId, context.Message.OccurredAt);

    public Task Consume(ConsumeContext<ReminderDue> context) =>
        RecordAsync(context, context.Message.TaskId, context.Message.OwnerId, null, context.Message.FiredAt);

    public Task Consume(ConsumeContext<NotificationDelivered> context) =>
        RecordAsync(context, context.Message.Notification.TaskId, context.Message.UserId, null, context.Message.OccurredAt);

    public Task Consume(ConsumeContext<NotificationDismissed> context) =>
        RecordAsync(context, null, context.Message.UserId, context.Message.UserId, context.Message.OccurredAt);

    public Task Consume(ConsumeContext<UserDeleted> context) =>
        RecordAsync(context, null, context.Message.UserId, context.Message.UserId, context.Message.OccurredAt);

    private Task<int> RecordAsync<TFact>(ConsumeContext<TFact> context)
        where TFact : class, ITaskFact =>
        RecordAsync(context, context.Message.TaskId, context.Message.OwnerId, context.Message.ActorId, context.Message.OccurredAt);

    // Plain SQL: the unique message id decides, without asking first whether the entry is there.
    private Task<int> RecordAsync<T>(ConsumeContext<T> context, Guid? taskId, Guid? ownerId, Guid? actorId, DateTimeOffset occurredAt)
        where T : class
    {
        var (type, payload) = (MessageCatalogue.All[typeof(T)], Encoding.UTF8.GetString(context.ReceiveContext.Body.GetBytes()));
        var (topic, partition, offset) = context.TryGetPayload(out KafkaConsumeContext? kafka)
            ? (kafka.Topic, kafka.Partition, kafka.Offset)
            : ("", -1, -1L);
        return db.Database.ExecuteSqlAsync($"""
            insert into audit.entries (message_id, type, task_id, owner_id, actor_id, occurred_at, recorded_at, correlation_id, topic, partition, "offset", payload)
            values ({context.MessageId}, {type}, {taskId}, {ownerId}, {actorId}, {occurredAt.ToUniversalTime()}, {clock.GetUtcNow()}, {context.ConversationId?.ToString("D")}, {topic}, {partition}, {offset}, {payload}::jsonb)
            on conflict (message_id) do nothing
            """, context.CancellationToken);
    }
}
