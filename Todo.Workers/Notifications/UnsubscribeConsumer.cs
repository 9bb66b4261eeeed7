using MassTransit;
using Microsoft.EntityFrameworkCore;
using Todo.Contracts.Users;
using Todo.Workers.Storage;

namespace Todo.Workers.Notifications;

/// <summary>Stops mails to a user whose link said so; a link that is not ours changes nothing.</summary>
internal sealed class UnsubscribeConsumer(WorkersDbContext db, AppLinks links) : IConsumer<EmailUnsubscribed>
{
    public Task Consume(ConsumeContext<EmailUnsubscribed> context)
    {
        var said = context.Message;
        return links.IsProof(said.UserId, said.Proof)
            ? db.Recipients.Where(recipient => recipient.UserId == said.UserId).ExecuteUpdateAsync(
                set => set.SetProperty(recipient => recipient.UnsubscribedAt, said.OccurredAt.ToUniversalTime()), context.CancellationToken)
            : Task.CompletedTask;
    }
}
