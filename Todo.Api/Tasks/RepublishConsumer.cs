using MassTransit;
using Microsoft.EntityFrameworkCore;
using Todo.Api.Storage;
using Todo.Contracts.Tasks;

namespace Todo.Api.Tasks;

/// <summary>Says again how a task stands, when the audit found that somebody missed it. The task itself does not change.</summary>
/// <remarks>The fact is the one that made it stand so: a repeating task comes again because it was completed, not because it was updated.</remarks>
internal sealed class RepublishConsumer(TodoDbContext db, IServiceProvider services) : IConsumer<RepublishTask>
{
    public async Task Consume(ConsumeContext<RepublishTask> context)
    {
        var ct = context.CancellationToken;
        var task = await db.Tasks.AsNoTracking().SingleOrDefaultAsync(t => t.TaskId == context.Message.TaskId, ct);
        if (task is null)
            return;
        await services.ProduceAsync(task.Repeat(), ct);
        await db.SaveChangesAsync(ct);
    }
}
