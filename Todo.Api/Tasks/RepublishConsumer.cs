using MassTransit;
using Microsoft.EntityFrameworkCore;
using Todo.Api.Storage;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

/// <summary>Says again how a task stands, when the audit found that somebody missed it. The task itself does not change.</summary>
internal sealed class RepublishConsumer(TodoDbContext db, ITopicProducer<Guid, TaskUpdated> updates, ITopicProducer<Guid, TaskDeleted> deletions) : IConsumer<RepublishTask>
{
    public async Task Consume(ConsumeContext<RepublishTask> context)
    {
        var ct = context.CancellationToken;
        var task = await db.Tasks.AsNoTracking().SingleOrDefaultAsync(t => t.TaskId == context.Message.TaskId, ct);
        if (task is null)
            return;
        if (task.DeletedAt is { } deletedAt)
            await deletions.Produce(task.TaskId, new TaskDeleted(task.TaskId, task.OwnerId, task.ToView(), task.OwnerId, deletedAt), ct);
        else
            await updates.Produce(task.TaskId, task.Repeat(), ct);
        await db.SaveChangesAsync(ct);
    }
}
