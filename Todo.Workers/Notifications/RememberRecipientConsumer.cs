using MassTransit;
using Microsoft.EntityFrameworkCore;
using Todo.Contracts.Users;
using Todo.Workers.Storage;

namespace Todo.Workers.Notifications;

/// <summary>Keeps where each user's notifications go, and forgets users who left.</summary>
internal sealed class RememberRecipientConsumer(WorkersDbContext db) : IConsumer<PreferencesChanged>, IConsumer<UserDeleted>
{
    public async Task Consume(ConsumeContext<PreferencesChanged> context)
    {
        var said = context.Message;
        var recipient = await db.Recipients.FindAsync([said.UserId], context.CancellationToken);
        if (recipient?.SaidAt > said.OccurredAt)
            return;

        if (recipient is null)
            db.Recipients.Add(recipient = new Recipient { UserId = said.UserId });
        if (!recipient.Preferences.WantMails() && said.Preferences.WantMails())
            recipient.UnsubscribedAt = null; // asked for mails again, which takes the link's word back
        recipient.Email = said.Email;
        recipient.Preferences = said.Preferences;
        if (said.WebhookGeneration >= recipient.WebhookGeneration) // never back to a secret that was given up
            (recipient.WebhookGeneration, recipient.WebhookRotatedAt) = (said.WebhookGeneration, said.WebhookRotatedAt?.ToUniversalTime());
        recipient.SaidAt = said.OccurredAt.ToUniversalTime();
        await db.SaveChangesAsync(context.CancellationToken);
    }

    public async Task Consume(ConsumeContext<UserDeleted> context)
    {
        await db.Recipients.Where(recipient => recipient.UserId == context.Message.UserId).ExecuteDeleteAsync(context.CancellationToken);
        await db.Deliveries.Where(delivery => delivery.UserId == context.Message.UserId).ExecuteDeleteAsync(context.CancellationToken);
    }
}
